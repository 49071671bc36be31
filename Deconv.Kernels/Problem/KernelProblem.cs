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

    public required bool HasBias { get; init; }

    public required AxisProblem Height { get; init; }

    public required AxisProblem Width { get; init; }

    public required long OutputCount { get; init; }

    /// <summary>Products that the outputs are sums of.</summary>
    public double ProductCount =>
        (double)Batch * Height.TapCount * Width.TapCount * (InputChannels / Groups) * OutputChannels;

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
}
