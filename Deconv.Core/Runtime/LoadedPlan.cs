using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Planning;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Runtime;

/// <summary>
/// A plan with all that its launches need and share: the compiled kernel, and the tap table on the
/// device.
/// </summary>
internal sealed class LoadedPlan : IDisposable
{
    private readonly AcceleratorStream stream;
    private readonly KernelLauncher launcher;
    private readonly MemoryBuffer1D<TapRange, Stride1D.Dense> taps;

    public LoadedPlan(
        Accelerator accelerator, AcceleratorStream stream, ConvTransposePlan plan, KernelLauncher launcher)
    {
        Plan = plan;
        this.stream = stream;
        this.launcher = launcher;
        taps = accelerator.Allocate1D<TapRange>(plan.Launch.Taps.Length);
        HostCopy.ToDevice(stream, plan.Launch.Taps.AsSpan(), taps.View);
    }

    public ConvTransposePlan Plan { get; }

    /// <summary>Launches the kernel on operands of the plan's sizes, after all work enqueued before.</summary>
    public void Enqueue(in KernelOperands operands) => launcher(stream, Plan.Launch, taps.View, operands);

    public void Dispose() => taps.Dispose();
}
