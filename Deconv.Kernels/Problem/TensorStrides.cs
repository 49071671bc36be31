namespace Deconv.Kernels.Problem;

/// <summary>
/// Where the elements of a dense tensor lie: the distance in memory between neighbours along each
/// dimension. A weight's outermost dimension is the input channel, and its channels are the output
/// channels of a group.
/// </summary>
internal readonly record struct TensorStrides(long Outermost, long Channel, long Row, long Column)
{
    public static TensorStrides Of(TensorLayout layout, int channels, int height, int width)
    {
        long outermost = (long)channels * height * width;
        return layout == TensorLayout.ChannelsFirst
            ? new(outermost, Channel: (long)height * width, Row: width, Column: 1)
            : new(outermost, Channel: 1, Row: (long)width * channels, Column: channels);
    }
}
