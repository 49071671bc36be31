using System.Collections.Immutable;
using Deconv.Kernels.Problem;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Kernels.Launch;

/// <summary>
/// All that a launch needs besides memory, decided on the host: immutable, reusable, inspectable.
/// </summary>
internal abstract record KernelLaunch(LaunchShape Shape, ImmutableArray<TapRange> Taps);

/// <summary>A launch with the launch struct of its kernel.</summary>
internal sealed record KernelLaunch<TParams>(
    LaunchShape Shape,
    ImmutableArray<TapRange> Taps,
    TParams Parameters)
    : KernelLaunch(Shape, Taps)
    where TParams : struct;

/// <summary>
/// Enqueues <paramref name="launch"/> on <paramref name="stream"/>. <paramref name="taps"/> is
/// the device's copy of the launch's tap table.
/// </summary>
internal delegate void KernelLauncher(
    AcceleratorStream stream,
    KernelLaunch launch,
    ArrayView<TapRange> taps,
    KernelOperands operands);
