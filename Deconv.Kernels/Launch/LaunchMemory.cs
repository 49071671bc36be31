using ILGPU;

namespace Deconv.Kernels.Launch;

/// <summary>The device memory of one launch besides its operands; see <see cref="KernelLaunch"/>.</summary>
internal readonly struct LaunchMemory
{
    /// <summary>The device's copy of <see cref="KernelLaunch.Table"/>.</summary>
    public required ArrayView<int> Table { get; init; }

    /// <summary>
    /// At least <see cref="KernelLaunch.ScratchLength"/> floats, undefined; empty where that is 0.
    /// </summary>
    public required ArrayView<float> Scratch { get; init; }
}
