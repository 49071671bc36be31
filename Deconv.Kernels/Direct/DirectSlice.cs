namespace Deconv.Kernels.Direct;

/// <summary>
/// Which products of a sum it is: those of an input channel at one tap. Taps run fastest, from the last to the
/// first, so that inputs lie behind each other, then channels.
/// </summary>
internal struct DirectSlice
{
    /// <summary>From a pixel's first input.</summary>
    public int InputOffset;

    /// <summary>From a unit's first weight.</summary>
    public int WeightOffset;

    /// <summary>The slice with a number.</summary>
    public static DirectSlice At(int number, DirectTask task, DirectParams p)
    {
        int channel = task.ByTaps.Divide(number);
        int tap = number - channel * task.RowTaps * task.ColumnTaps;
        int row = task.ByColumnTaps.Divide(tap);
        int column = tap - row * task.ColumnTaps;
        DirectSlice slice = default;
        slice.InputOffset = channel * p.InputChannelStride + row * p.Height.InputStep + column * p.Width.InputStep;
        slice.WeightOffset = channel * p.WeightInputStride
            + (task.RowTaps - 1 - row) * p.Height.WeightStep
            + (task.ColumnTaps - 1 - column) * p.Width.WeightStep;
        return slice;
    }
}
