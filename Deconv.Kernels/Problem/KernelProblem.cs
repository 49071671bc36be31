namespace Deconv.Kernels.Problem;

/// <summary>
/// A transposed convolution with everything decided that does not depend on the device. All
/// tensors are dense, in the order of <see cref="Layout"/>.
/// </summary>
internal sealed record KernelProblem
{
    public required ElementType Element { get; init; }

    public required TensorLayout Layout { get; init; }

    public required int Batch { get; init; }

    public required int Groups { get; init; }

    public required int InputChannels { get; init; }

    public required int OutputChannels { get; init; }

    /// <summary>Neighbouring output channels that share an element of the bias; 0 where there is no bias.</summary>
    public required int ChannelsPerBias { get; init; }

    public required AxisProblem Height { get; init; }

    public required AxisProblem Width { get; init; }

    public required long OutputCount { get; init; }

    /// <summary>Products that the outputs are sums of.</summary>
    public double ProductCount =>
        (double)Batch * Height.TapCount * Width.TapCount * (InputChannels / Groups) * OutputChannels;

    /// <summary>The same for each sample alone.</summary>
    public KernelProblem OfOneSample => this with { Batch = 1, OutputCount = OutputCount / Batch };

    public TensorStrides InputStrides =>
        TensorStrides.Of(Layout, InputChannels, Height.InputLength, Width.InputLength);

    public TensorStrides OutputStrides =>
        TensorStrides.Of(Layout, OutputChannels, Height.OutputLength, Width.OutputLength);

    public WeightProblem Weight => new()
    {
        Element = Element,
        Layout = Layout,
        Groups = Groups,
        InputChannels = InputChannels,
        OutputChannels = OutputChannels,
        Height = new(Height.KernelLength, Height.TapStep),
        Width = new(Width.KernelLength, Width.TapStep),
    };

    /// <summary>Whether it is no more than a product of matrices: samples of one pixel, and a weight of one tap.</summary>
    public bool IsPixelProduct =>
        IsProjection && Height.KernelLength == 1 && Width.KernelLength == 1;

    private bool IsProjection => Height.IsProjection && Width.IsProjection;

    /// <summary>
    /// The same problem with taps as output channels, where it is no more than that: each sample is one
    /// pixel, and each of its products an output of its own. All products with a sample are then one
    /// product of matrices, and lie side by side in weight and output alike.
    /// </summary>
    public KernelProblem WithTapsAsChannels()
    {
        long channels = (long)OutputChannels * Height.OutputLength * Width.OutputLength;
        if (Layout != TensorLayout.ChannelsFirst || !IsProjection || channels > int.MaxValue)
            return this;
        return this with
        {
            OutputChannels = (int)channels,
            ChannelsPerBias = ChannelsPerBias * Height.OutputLength * Width.OutputLength,
            Height = AxisProblem.OnePixel,
            Width = AxisProblem.OnePixel,
        };
    }
}
