using ILGPU;

namespace Deconv.Kernels.Launch;

/// <summary>The device memory of one launch besides its operands; see <see cref="KernelLaunch"/>.</summary>
internal readonly struct LaunchMemory
{
    /// <summary>The device's copy of <see cref="KernelLaunch.Table"/>.</summary>
    public required ArrayView<int> Table { get; init; }

    /// <summary>
    /// At least <see cref="KernelLaunch.ScratchBytes"/> bytes, undefined; empty where that is 0.
    /// </summary>
    public required ArrayView<byte> Scratch { get; init; }

    /// <summary>
    /// A number that the launch alone uses while it runs, and adds <see cref="KernelLaunch.Counts"/> to.
    /// </summary>
    public ArrayView<int> Counter { get; init; }

    /// <summary>What the counter is at when the launch starts; it wraps.</summary>
    public int FirstCount { get; init; }
}
