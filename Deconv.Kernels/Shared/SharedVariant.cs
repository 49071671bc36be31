using System.Collections.Immutable;
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

    public override string Name => "shared";

    public override string Summary =>
        "multiplies tiles of weight and input in shared memory; for devices with groups of "
        + $"{SharedKernel.GroupSize} work items";

    public override ImmutableArray<KernelEntry> EntryPoints => [Convolution];

    private delegate void Entry(
        ArrayView<float> input,
        ArrayView<float> weight,
        ArrayView<float> bias,
        ArrayView<SharedRegion> regions,
        ArrayView<RunPhase> phases,
        ArrayView<float> output,
        SharedParams p);

    private KernelEntry Convolution => new(Name, new Entry(SharedKernel.Run).Method)
    {
        Bounds = new(SharedKernel.GroupSize, GroupsPerProcessor),
        FusedShare = 0.75,
        Instructions = ["ld.shared.v4.f32"],
    };

    public override string? Refuse(KernelProblem problem, DeviceLimits device)
    {
        if (problem.Element != ElementType.Float32)
            return $"it computes float32, and the call's elements are {problem.Element.Name()}";
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
        return tiling.LongestSum * NanosecondsOfSlice
            + (tiling.ProductCount / rate + problem.OutputCount * NanosecondsOfOutput) / device.Processors;
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

    public override LoadedVariant Load(Accelerator accelerator, ElementType element)
    {
        var kernel = KernelLoader.Load<Action<
            AcceleratorStream,
            KernelConfig,
            ArrayView<float>,
            ArrayView<float>,
            ArrayView<float>,
            ArrayView<SharedRegion>,
            ArrayView<RunPhase>,
            ArrayView<float>,
            SharedParams>>(accelerator, Convolution);
        return new((stream, launch, memory, operands) => kernel(
            stream,
            new KernelConfig(launch.GridSize, launch.GroupSize),
            operands.Input.Cast<float>(),
            operands.Weight.Cast<float>(),
            operands.Bias.Cast<float>(),
            launch.Table.View<SharedRegion>(memory.Table, 0),
            launch.Table.View<RunPhase>(memory.Table, 1),
            operands.Output.Cast<float>(),
            ((KernelLaunch<SharedParams>)launch).Parameters));
    }

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
}
