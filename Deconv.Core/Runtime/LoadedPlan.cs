using Deconv.Kernels.Problem;
using Deconv.Planning;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Runtime;

/// <summary>A plan with its tap table on the device.</summary>
internal sealed class LoadedPlan : IDisposable
{
    private readonly MemoryBuffer1D<TapRange, Stride1D.Dense> taps;

    public LoadedPlan(Accelerator accelerator, AcceleratorStream stream, ConvTransposePlan plan)
    {
        Plan = plan;
        taps = accelerator.Allocate1D<TapRange>(plan.Launch.Taps.Length);
        HostCopy.ToDevice(stream, plan.Launch.Taps.AsSpan(), taps.View);
    }

    public ConvTransposePlan Plan { get; }

    public ArrayView<TapRange> Taps => taps.View;

    public void Dispose() => taps.Dispose();
}
