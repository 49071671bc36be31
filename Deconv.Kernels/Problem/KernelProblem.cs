namespace Deconv.Kernels.Problem;

/// <summary>
/// A transposed convolution with everything decided that does not depend on the device. Input is
/// (batch, input channels, input height, input width), weight is (input channels, output channels
/// per group, kernel height, kernel width), output is (batch, output channels, output height,
/// output width), all dense.
/// </summary>
internal sealed record KernelProblem
{
    public required int Batch { get; init; }

    public required int Groups { get; init; }

    public required int InputChannels { get; init; }

    public required int OutputChannels { get; init; }

    public required bool HasBias { get; init; }

    public required AxisProblem Height { get; init; }

    public required AxisProblem Width { get; init; }

    public required long OutputCount { get; init; }
}
