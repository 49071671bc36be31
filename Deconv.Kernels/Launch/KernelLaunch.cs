using ILGPU.Runtime;

namespace Deconv.Kernels.Launch;

/// <summary>
/// All that a launch needs besides memory, decided on the host: immutable, reusable, inspectable.
/// </summary>
internal abstract record KernelLaunch
{
    /// <summary>Number of groups.</summary>
    public required int GridSize { get; init; }

    /// <summary>Work items of a group.</summary>
    public required int GroupSize { get; init; }

    /// <summary>What each work item does, for people.</summary>
    public required string Work { get; init; }

    /// <summary>Tables of the kernel's, copied to the device once.</summary>
    public required KernelTable Table { get; init; }

    /// <summary>How far a launch counts, always the same; 0 for kernels that do not count.</summary>
    public int Counts { get; init; }

    /// <summary>Bytes of device memory that the kernel uses while it runs, and nobody after.</summary>
    public long ScratchBytes { get; init; }
}

/// <summary>A launch with the launch struct of its kernel.</summary>
internal sealed record KernelLaunch<TParams>(TParams Parameters) : KernelLaunch
    where TParams : struct;

/// <summary>Enqueues <paramref name="launch"/> on <paramref name="stream"/>.</summary>
internal delegate void KernelLauncher(
    AcceleratorStream stream,
    KernelLaunch launch,
    LaunchMemory memory,
    KernelOperands operands);
