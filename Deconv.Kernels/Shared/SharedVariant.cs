using System.Collections.Immutable;
using System.Reflection;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Regions;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Kernels.Shared;

/// <summary>
/// Products of matrices in shared memory, in plain C#: for GPUs of every kind, and for contexts
/// that know none of this library's intrinsics.
/// </summary>
internal sealed class SharedVariant : KernelVariant
{
    /// <summary>Of regions, which go to the device as a table.</summary>
    private const int MaxRegions = 1 << 16;

    /// <summary>Of tiles and of pixels, so that adding a grid or a tile to one fits in 32 bits.</summary>
    private const int MaxCount = 1 << 30;

    /// <summary>
    /// Groups that CUDA is to keep on a processor at once, which leaves a work item 128 registers. It
    /// spills none then (ptxas 12.4 for sm_80 and sm_90); left alone it takes 147, and a group less fits.
    /// </summary>
    private const int GroupsPerProcessor = 4;

    /// <summary>The same where a sum takes two registers.</summary>
    private const int GroupsOfWideSums = 2;

    public override string Name => "shared";

    public override string Summary =>
        "multiplies tiles of weight and input in shared memory; for devices with groups of "
        + $"{SharedKernel.GroupSize} work items";

    public override ImmutableArray<KernelEntry> EntryPoints =>
        [.. Enum.GetValues<ElementType>().Where(IsComputed).Select(Entry)];

    public override string? Refuse(KernelProblem problem, DeviceLimits device)
    {
        if (!IsComputed(problem.Element))
            return $"a work item's sums would not stay in registers, since the call's elements are {problem.Element.Name()}";
        if (device.RefuseElements(problem.Element) is string unknown)
            return unknown;
        if (device.MaxGroupSize < SharedKernel.GroupSize)
        {
            return $"its groups have {SharedKernel.GroupSize} work items, "
                + $"those of the device at most {device.MaxGroupSize}";
        }

        long weightCount = problem.Weight.Strides.Outermost * problem.InputChannels;
        long largest = Math.Max(
            weightCount, Math.Max(problem.InputStrides.Outermost, problem.OutputStrides.Outermost));
        if (largest > int.MaxValue)
            return $"a weight or a sample has {largest} elements, and it takes at most {int.MaxValue}";

        var tiling = new SharedTiling(problem);
        if (tiling.RegionCount > MaxRegions)
        {
            return $"the taps change so often that there are {tiling.RegionCount} regions with the same "
                + $"ones, and it takes at most {MaxRegions}";
        }

        long count = Math.Max(tiling.TileCount, tiling.MaxPixels);
        return count > MaxCount
            ? $"there are {count} tiles, or pixels that share their taps, and it takes at most {MaxCount}"
            : null;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The longest tile counts besides, since a device without much work waits for it. Measured: 4
    /// products a nanosecond on a core, through OpenCL; a GPU has not been.
    /// </remarks>
    public override double Estimate(KernelProblem problem, DeviceLimits device)
    {
        const double NanosecondsOfSlice = 500;
        const double NanosecondsOfOutput = 0.5;
        double rate = device.Kind switch
        {
            DeviceKind.CpuAccelerator => 0.001,
            DeviceKind.OpenClCpu => 4,
            _ => 80,
        };
        var tiling = new SharedTiling(problem);
        double cost = problem.Element.ProductCost();
        return tiling.LongestSum * NanosecondsOfSlice * cost
            + (tiling.ProductCount * cost / rate + problem.OutputCount * NanosecondsOfOutput) / device.Processors;
    }

    public override KernelLaunch Prepare(KernelProblem problem, DeviceLimits device)
    {
        var tiling = new SharedTiling(problem);
        SharedRegion[] regions = tiling.Regions();
        int tileCount = (int)tiling.TileCount;
        TensorStrides input = problem.InputStrides;
        TensorStrides weight = problem.Weight.Strides;
        TensorStrides output = problem.OutputStrides;
        var parameters = new SharedParams
        {
            TileCount = tileCount,
            RegionCount = regions.Length,
            Batch = problem.Batch,
            Groups = problem.Groups,
            GroupInputChannels = problem.Weight.GroupInputChannels,
            GroupOutputChannels = problem.Weight.GroupOutputChannels,
            GroupTiles = tiling.GroupTiles,
            InputBlocks = tiling.InputBlocks,
            ChannelsPerBias = problem.ChannelsPerBias,
            InputSampleStride = input.Outermost,
            InputChannelStride = (int)input.Channel,
            WeightInputStride = (int)weight.Outermost,
            WeightOutputStride = (int)weight.Channel,
            OutputSampleStride = output.Outermost,
            OutputChannelStride = (int)output.Channel,
            Height = AxisParams(problem.Height, input.Row, weight.Row, output.Row),
            Width = AxisParams(problem.Width, input.Column, weight.Column, output.Column),
        };
        return new KernelLaunch<SharedParams>(parameters)
        {
            GridSize = Math.Min(tileCount, LaunchShape.MaxGridSize(SharedKernel.GroupSize, device)),
            GroupSize = SharedKernel.GroupSize,
            Work = $"{SharedKernel.ItemOutputs} outputs of a tile (of {tileCount} tiles)",
            Table = new KernelTable().With<SharedRegion>(regions).With<RunPhase>(tiling.Phases()),
        };
    }

    public override LoadedVariant Load(Accelerator accelerator, ElementType element) =>
        FormatTable.Visit(element, new Loader(accelerator, Entry(element)));

    private KernelEntry Entry(ElementType element)
    {
        bool isFloat32 = element == ElementType.Float32;
        return new(element.NameOf(Name), FormatTable.Visit(element, new EntryPointFinder()))
        {
            Bounds = new(SharedKernel.GroupSize, HasWideSums(element) ? GroupsOfWideSums : GroupsPerProcessor),
            FusedShare = isFloat32 ? 0.75 : 0,
            Instructions = isFloat32 ? ["ld.shared.v4.f32"] : [],
        };
    }

    /// <summary>Of pairs of doubles, a work item's sums alone would take more registers than it can have.</summary>
    private static bool IsComputed(ElementType element) => element != ElementType.ComplexFloat64;

    private static bool HasWideSums(ElementType element) =>
        element is ElementType.Float64 or ElementType.ComplexFloat32;

    /// <summary>
    /// A step too long for 32 bits leaves the tensor, so that no tap or output takes it and any value
    /// will do.
    /// </summary>
    private static SharedAxisParams AxisParams(
        AxisProblem axis, long inputStride, long weightStride, long outputStride) => new()
        {
            InputStride = (int)inputStride,
            InputStep = (int)(axis.InputStep * inputStride),
            WeightStride = (int)weightStride,
            WeightStep = (int)(axis.TapStep * weightStride),
            OutputStride = (int)outputStride,
            OutputStep = (int)(axis.Stride * outputStride),
        };

    private readonly struct EntryPointFinder : IFormatVisitor<MethodInfo>
    {
        private delegate void Entry<TStorage>(
            ArrayView<TStorage> input,
            ArrayView<TStorage> weight,
            ArrayView<TStorage> bias,
            ArrayView<SharedRegion> regions,
            ArrayView<RunPhase> phases,
            ArrayView<TStorage> output,
            SharedParams p)
            where TStorage : unmanaged;

        public MethodInfo Visit<TFormat, TStorage, TSum>()
            where TFormat : struct, IFormat<TStorage, TSum>
            where TStorage : unmanaged
            where TSum : unmanaged =>
            new Entry<TStorage>(SharedKernel.Run<TFormat, TStorage, TSum>).Method;
    }

    private readonly struct Loader(Accelerator accelerator, KernelEntry entry) : IFormatVisitor<LoadedVariant>
    {
        public LoadedVariant Visit<TFormat, TStorage, TSum>()
            where TFormat : struct, IFormat<TStorage, TSum>
            where TStorage : unmanaged
            where TSum : unmanaged
        {
            var kernel = KernelLoader.Load<Action<
                AcceleratorStream,
                KernelConfig,
                ArrayView<TStorage>,
                ArrayView<TStorage>,
                ArrayView<TStorage>,
                ArrayView<SharedRegion>,
                ArrayView<RunPhase>,
                ArrayView<TStorage>,
                SharedParams>>(accelerator, entry);
            return new((stream, launch, memory, operands) => kernel(
                stream,
                new KernelConfig(launch.GridSize, launch.GroupSize),
                operands.Input.Cast<TStorage>(),
                operands.Weight.Cast<TStorage>(),
                operands.Bias.Cast<TStorage>(),
                launch.Table.View<SharedRegion>(memory.Table, 0),
                launch.Table.View<RunPhase>(memory.Table, 1),
                operands.Output.Cast<TStorage>(),
                ((KernelLaunch<SharedParams>)launch).Parameters));
        }
    }
}
