using System.Collections.Immutable;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Regions;
using ILGPU.Runtime;

namespace Deconv.Kernels.Direct;

/// <summary>
/// Sums in registers, of inputs straight from memory, in plain C#: for outputs that are sums of few products.
/// One launch, no scratch, and weights as users give them.
/// <para>Why it can run at the rate of a copy on a GPU: each warp reads 128 neighbouring bytes of floats and
/// writes as many, whatever the stride is; an input comes from memory once and from cache for the other
/// taps; an item has eight inputs on their way while it multiplies eight others, 16 KiB on a processor that
/// holds 512 items, and as many again in stores, of an H100's 3.35 TB/s times 600 ns, 15 KiB a processor.</para>
/// </summary>
internal sealed class DirectVariant : KernelVariant
{
    /// <summary>Each becomes a few tasks, which go to the device as a table.</summary>
    private const int MaxRegions = 1 << 10;

    private const int MaxUnits = 1 << 14;

    /// <summary>Of tiles and of pixels, so that adding a grid or a tile to one fits in 32 bits.</summary>
    private const int MaxCount = 1 << 30;

    public override string Name => "direct";

    public override string Summary =>
        "sums up inputs straight from memory, all phases side by side; for outputs of few products, on GPUs";

    public override ImmutableArray<KernelEntry> EntryPoints =>
    [
        .. from element in Enum.GetValues<ElementType>()
           from mostUnits in DirectKernels.UnitsOf(element)
           select DirectKernels.EntryOf(Name, element, mostUnits),
    ];

    public override string? Refuse(KernelProblem problem, DeviceLimits device)
    {
        if (device.RefuseElements(problem.Element) is string unknown)
            return unknown;
        long weightCount = problem.Weight.Strides.Outermost * problem.InputChannels;
        long largest = Math.Max(
            weightCount, Math.Max(problem.Batch * problem.InputStrides.Outermost, problem.OutputCount));
        if (largest > int.MaxValue)
            return $"a tensor has {largest} elements, and it takes at most {int.MaxValue}";

        long phases = (long)problem.Height.Stride * problem.Width.Stride;
        if (phases * problem.Weight.GroupOutputChannels > MaxUnits)
        {
            return $"a group has {problem.Weight.GroupOutputChannels} output channels in {phases} phases, "
                + $"and it takes at most {MaxUnits} of both";
        }

        long regions = (long)AxisRuns.Of(problem.Height).Length * AxisRuns.Of(problem.Width).Length;
        if (regions > MaxRegions)
            return $"the taps change {regions} times over the output, and it takes at most {MaxRegions}";

        DirectTiling tiling = TilingOf(problem);
        long count = Math.Max(tiling.TileCount(TilePixels(device)), tiling.MaxPixels);
        return count > MaxCount
            ? $"there are {count} tiles, or pixels that share their taps, and it takes at most {MaxCount}"
            : null;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A GPU's processor is taken to copy 20 bytes a nanosecond, four times as many from cache, and to spend on an
    /// output what 44 instructions of a warp take, and it waits for the longest sum, slice by slice; none has
    /// been measured. Measured: 8 nanoseconds of an output and 6 products a nanosecond on a core, through OpenCL.
    /// </remarks>
    public override double Estimate(KernelProblem problem, DeviceLimits device)
    {
        const double NanosecondsOfSlice = 100;
        const double BytesOfMemory = 20;
        const double BytesOfCache = 80;
        (double rate, double nanosecondsOfOutput) = device.Kind switch
        {
            DeviceKind.CpuAccelerator => (0.001, 100.0),
            DeviceKind.OpenClCpu => (6.0, 8.0),
            _ => (60.0, 0.2),
        };
        DirectTiling tiling = TilingOf(problem);
        int size = problem.Element.Size();
        double inputCount = (double)problem.Batch * problem.InputStrides.Outermost;
        double weightCount = (double)problem.InputChannels * problem.Weight.Strides.Outermost;
        double instructions = tiling.ProductCount * problem.Element.ProductCost() / rate
            + problem.OutputCount * nanosecondsOfOutput;
        double memory = (inputCount + weightCount + problem.OutputCount) * size / BytesOfMemory;
        double cache = tiling.ReadCount * size / BytesOfCache;
        return tiling.LongestSum * NanosecondsOfSlice
            + Math.Max(instructions, Math.Max(memory, cache)) / device.Processors;
    }

    public override KernelLaunch Prepare(KernelProblem problem, DeviceLimits device)
    {
        DirectTiling tiling = TilingOf(problem);
        (int maxGridSize, int groupSize) = LaunchShape.UpTo(DirectKernel.MaxGroupSize, device);
        int tileCount = (int)tiling.TileCount(TilePixels(device));
        (DirectTask[] tasks, DirectUnit[] units) = tiling.Tables(groupSize);
        TensorStrides input = problem.InputStrides;
        TensorStrides weight = problem.Weight.Strides;
        TensorStrides output = problem.OutputStrides;
        return new DirectLaunch(tiling.MostUnits, new()
        {
            TileCount = tileCount,
            TaskCount = tasks.Length,
            Batch = problem.Batch,
            Groups = problem.Groups,
            GroupInputChannels = problem.Weight.GroupInputChannels,
            GroupOutputChannels = problem.Weight.GroupOutputChannels,
            ChannelsPerBias = problem.ChannelsPerBias,
            InputSampleStride = (int)input.Outermost,
            InputChannelStride = (int)input.Channel,
            WeightInputStride = (int)weight.Outermost,
            OutputSampleStride = (int)output.Outermost,
            OutputChannelStride = (int)output.Channel,
            Height = AxisParams(problem.Height, input.Row, weight.Row, output.Row),
            Width = AxisParams(problem.Width, input.Column, weight.Column, output.Column),
        })
        {
            GridSize = Math.Min(tileCount, maxGridSize),
            GroupSize = groupSize,
            Work = $"up to {tiling.MostUnits} outputs of {DirectKernel.ItemPixels} pixels (of {tileCount} tiles)",
            Table = new KernelTable().With<DirectTask>(tasks).With<DirectUnit>(units),
        };
    }

    public override LoadedVariant Load(Accelerator accelerator, ElementType element) =>
        DirectKernels.Load(accelerator, Name, element);

    private static DirectTiling TilingOf(KernelProblem problem)
    {
        ImmutableArray<int> units = DirectKernels.UnitsOf(problem.Element);
        var tiling = new DirectTiling(problem, units[0]);
        return tiling.LargestUnits > units[0] && units.Length > 1 ? new DirectTiling(problem, units[1]) : tiling;
    }

    private static int TilePixels(DeviceLimits device) =>
        DirectKernel.ItemPixels * LaunchShape.UpTo(DirectKernel.MaxGroupSize, device).GroupSize;

    /// <summary>
    /// A step too long for 32 bits leaves the tensor, so that no tap or output takes it and any value
    /// will do.
    /// </summary>
    private static DirectAxisParams AxisParams(
        AxisProblem axis, long inputStride, long weightStride, long outputStride) => new()
        {
            InputStride = (int)inputStride,
            InputStep = (int)(axis.InputStep * inputStride),
            WeightStep = (int)(axis.TapStep * weightStride),
            OutputStep = (int)(axis.Stride * outputStride),
        };
}
