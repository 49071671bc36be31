using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Planning;

namespace Deconv.Runtime;

/// <summary>
/// Plans a call that nobody asked for, once in a process, while the first accelerator is created: most
/// of a first call is compilation by the runtime, and creating an accelerator keeps one core busy.
/// </summary>
internal static class Rehearsal
{
    private static int started;

    /// <summary>Returns at once; does nothing from the second time on, or where there is one core.</summary>
    public static void Start()
    {
        if (Environment.ProcessorCount > 1 && Interlocked.Exchange(ref started, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static _ => _ = Plan(), null);
    }

    /// <summary>A plan for the CPU accelerator, to be forgotten.</summary>
    public static ConvTransposePlan Plan()
    {
        var axis = new AxisSpec { Input = 4, Kernel = 4, Stride = 2, Dilation = 1, Crop = 1, Output = 8 };
        var geometry = new ConvTransposeGeometry(new()
        {
            Batch = 1,
            InputChannels = 64,
            OutputChannels = 64,
            Groups = 1,
            HasBias = true,
            Axes = axis,
        });
        return Planner.Plan(geometry, new DeviceLimits
        {
            Kind = DeviceKind.CpuAccelerator,
            Processors = Environment.ProcessorCount,
            MaxGroupSize = Environment.ProcessorCount,
            MaxGridSize = int.MaxValue,
        });
    }
}
