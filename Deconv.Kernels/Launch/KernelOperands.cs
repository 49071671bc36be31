using ILGPU;

namespace Deconv.Kernels.Launch;

/// <summary>
/// The device memory of one launch, of elements of the problem's type. <see cref="Bias"/> must be a view of live memory even where
/// the problem has no bias (any operand will do): OpenCL takes no empty kernel argument.
/// </summary>
internal readonly struct KernelOperands
{
    public required ArrayView<byte> Input { get; init; }

    public required ArrayView<byte> Weight { get; init; }

    public required ArrayView<byte> Bias { get; init; }

    public required ArrayView<byte> Output { get; init; }
}
