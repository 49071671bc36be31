using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Planning;

namespace Deconv.Runtime;

/// <summary>
/// Plans calls that nobody asked for, once in a process, while the first accelerator is created: most
/// of a first call is compilation by the runtime, and creating an accelerator keeps one core busy.
/// </summary>
internal static class Rehearsal
{
    private static int started;

    /// <summary>Returns at once; does nothing from the second time on, or where there is one core.</summary>
    public static void Start()
    {
        if (Environment.ProcessorCount > 1 && Interlocked.Exchange(ref started, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static _ => Play(), null);
    }

    /// <summary>
    /// A plan for the CPU accelerator, to be forgotten: of the variant that takes small calls, and of the one
    /// that takes those with many channels.
    /// </summary>
    public static ConvTransposePlan Plan(int channels)
    {
        var axis = new AxisSpec { Input = 4, Kernel = 4, Stride = 2, Dilation = 1, Crop = 1, Output = 8 };
        var geometry = new ConvTransposeGeometry(new()
        {
            Batch = 1,
            InputChannels = channels,
            OutputChannels = channels,
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

    private static void Play()
    {
        Plan(8).Variant.CompileAhead(ElementType.Float32);
        _ = Plan(64);
    }
}
