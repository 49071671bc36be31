using ILGPU;

namespace Deconv.Kernels.Launch;

/// <summary>
/// The device memory of one launch. <see cref="Bias"/> must be a view of live memory even where
/// the problem has no bias (any operand will do): OpenCL takes no empty kernel argument.
/// </summary>
internal readonly struct KernelOperands
{
    public required ArrayView<float> Input { get; init; }

    public required ArrayView<float> Weight { get; init; }

    public required ArrayView<float> Bias { get; init; }

    public required ArrayView<float> Output { get; init; }
}
