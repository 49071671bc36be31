using System.Collections.Immutable;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using ILGPU.Runtime;

namespace Deconv.Kernels.Tiled;

/// <summary>Products of packed weights and pixels, tile by tile, in hardware's own instructions.</summary>
/// <param name="options">What sets the variant apart from its sisters.</param>
/// <param name="code">The kernels.</param>
internal sealed class TiledVariant<TElement, TOutput>(TiledOptions options, TiledCode<TElement, TOutput> code)
    : KernelVariant
    where TElement : unmanaged
    where TOutput : unmanaged
{
    /// <summary>Of tasks, which go to the device as a table.</summary>
    private const int MaxTasks = 1 << 16;

    /// <summary>Of tiles and of pixels, so that adding a grid or a tile to one fits in 32 bits.</summary>
    private const int MaxCount = 1 << 30;

    /// <summary>Channels of inputs and taps: fewer are not worth the parts' way through memory.</summary>
    private const int MinDepthOfSplit = 128;

    private readonly TiledKernels<TElement, TOutput> kernels = new(options, code);

    public override string Name => options.Name;

    public override string Summary => options.Summary;

    public override bool IsForNamedCalls => options.IsForNamedCalls;

    public override bool UsesTensorFloat32 => options.UsesTensorFloat32;

    public override ImmutableArray<KernelEntry> EntryPoints => kernels.EntryPoints;

    private bool IsSplit => code.Sum is not null;

    public override string? Refuse(KernelProblem problem, DeviceLimits device)
    {
        if (problem.Element != options.Element)
            return $"it computes {options.Element.Name()}, and the call's elements are {problem.Element.Name()}";
        if (device.Hardware < options.Hardware)
            return options.HardwareRefusal;
        if (device.MaxGroupSize < code.GroupSize)
        {
            return $"its groups have {code.GroupSize} work items, "
                + $"those of the device at most {device.MaxGroupSize}";
        }

        long largest = Math.Max(
            new TiledWeights(problem.Weight, code.Tile).GroupQuads * problem.Groups,
            Math.Max(problem.InputStrides.Outermost, problem.OutputStrides.Outermost));
        if (largest > int.MaxValue)
            return $"a sample has, or a packed weight takes, {largest} elements, and it takes at most {int.MaxValue}";

        TiledTiling tiling = TilingOf(problem);
        if (tiling.TaskCount > MaxTasks)
        {
            return $"the taps change so often that there are {tiling.TaskCount} kinds of outputs with the same "
                + $"ones, and it takes at most {MaxTasks}";
        }

        int splits = SplitsOf(tiling, device);
        if (IsSplit && splits == 1)
            return "there is work for all processors without cutting sums into parts";
        long count = Math.Max(tiling.TileCount * splits, tiling.MaxPixels);
        return count > MaxCount
            ? $"there are {count} tiles, or pixels that share their taps, and it takes at most {MaxCount}"
            : null;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Of the longest tile a part counts besides, since a device without much work waits for it. Rates are
    /// guesses from instruction counts: no GPU has been measured.
    /// </remarks>
    public override double Estimate(KernelProblem problem, DeviceLimits device)
    {
        const double NanosecondsOfOutput = 0.1;
        const double NanosecondsOfLaunch = 2000;
        const double PartOfLongest = 0.6;
        double rate = device.Kind switch
        {
            DeviceKind.CpuAccelerator => 0.001,
            DeviceKind.OpenClCpu => 1,
            _ => device.Hardware < HardwareLevel.Cuda ? 20 : options.Rate,
        };
        TiledTiling tiling = TilingOf(problem);
        int splits = SplitsOf(tiling, device);
        double sliceTime = (double)code.Tile.Rows * code.Tile.Pixels * code.Tile.Depth / rate;
        double outputs = (double)problem.OutputCount * (IsSplit ? splits + 1 : 1);
        return PartOfLongest * tiling.LongestSum / splits * sliceTime
            + (tiling.SliceCount * sliceTime + outputs * NanosecondsOfOutput) / device.Processors
            + (IsSplit ? NanosecondsOfLaunch : 0);
    }

    public override KernelLaunch Prepare(KernelProblem problem, DeviceLimits device)
    {
        TiledTiling tiling = TilingOf(problem);
        int splits = SplitsOf(tiling, device);
        int tileCount = (int)tiling.TileCount * splits;
        TiledTask[] tasks = tiling.Tasks(splits);
        LaunchShape sumShape = LaunchShape.Cover(problem.OutputCount, device);
        return new TiledLaunch(
            TiledParamsOf(problem, tileCount, tasks.Length, splits),
            new()
            {
                OutputCount = problem.OutputCount,
                OutputsPerItem = sumShape.ElementsPerItem,
                Splits = splits,
                ChannelsPerBias = problem.ChannelsPerBias,
                Channels = problem.OutputChannels,
                ChannelStride = problem.OutputStrides.Channel,
            },
            sumShape)
        {
            GridSize = Math.Min(tileCount, LaunchShape.MaxGridSize(code.GroupSize, device)),
            GroupSize = code.GroupSize,
            HasRuns = HasRuns(problem),
            Work = $"a {code.Tile.Rows} x {code.Tile.Pixels} tile (of {tileCount} tiles)",
            Table = new KernelTable().With<TiledTask>(tasks),
            ScratchBytes = IsSplit ? splits * problem.OutputCount * sizeof(float) : 0,
        };
    }

    public override WeightPacking PreparePacking(WeightProblem weight, DeviceLimits device)
    {
        var weights = new TiledWeights(weight, code.Tile);
        long length = weights.ByteLength / code.Tile.ElementSize;
        LaunchShape shape = LaunchShape.Cover(length, device);
        int[] sources = weights.Sources();
        return new(weight, weights.ByteLength, new KernelLaunch<TiledPackParams>(new()
        {
            Length = length,
            ElementsPerItem = shape.ElementsPerItem,
            TapCount = sources.Length,
            GroupInputChannels = weight.GroupInputChannels,
            GroupOutputChannels = weight.GroupOutputChannels,
            InputBlocks = weights.InputBlocks,
            Depth = code.Tile.Depth,
            PackedOutputChannels = 4 * weights.ChannelQuads,
            RunLength = code.Tile.IsByOutputChannel ? code.Tile.Depth : 4 * weights.ChannelQuads,
            RunIsInputChannels = code.Tile.IsByOutputChannel ? 1 : 0,
            InputStride = weight.Strides.Outermost,
            OutputStride = weight.Strides.Channel,
        })
        {
            GridSize = shape.GridSize,
            GroupSize = shape.GroupSize,
            Work = $"{shape.ElementsPerItem} of {length} weights",
            Table = new KernelTable().With<int>(sources),
        });
    }

    public override LoadedVariant Load(Accelerator accelerator, ElementType element) => kernels.Load(accelerator);

    private bool HasRuns(KernelProblem problem)
    {
        TensorStrides strides = problem.InputStrides;
        int runLength = TileShape.QuadSize / code.Tile.ElementSize;
        return strides.Channel == 1
            && IsWhole(problem.Weight.GroupInputChannels, 0)
            && IsWhole(strides.Outermost, problem.Batch)
            && IsWhole(strides.Row, problem.Height.InputLength)
            && IsWhole(strides.Column, problem.Width.InputLength);

        bool IsWhole(long step, int count) => count == 1 || step % runLength == 0;
    }

    private TiledTiling TilingOf(KernelProblem problem) => new(problem, code.Tile);

    /// <summary>
    /// As many as give each processor a few tiles of one sample; not of the batch, so that a sample has the
    /// same bits in all batches.
    /// </summary>
    private int SplitsOf(TiledTiling tiling, DeviceLimits device)
    {
        if (!IsSplit)
            return 1;
        long wanted = 2L * device.Processors / Math.Max(tiling.SampleTileCount, 1);
        return (int)Math.Max(Math.Min(wanted, tiling.LongestSum / (MinDepthOfSplit / code.Tile.Depth)), 1);
    }

    private TiledParams TiledParamsOf(KernelProblem problem, int tileCount, int taskCount, int splits)
    {
        var weights = new TiledWeights(problem.Weight, code.Tile);
        TensorStrides input = problem.InputStrides;
        TensorStrides output = problem.OutputStrides;
        return new()
        {
            TileCount = tileCount,
            TaskCount = taskCount,
            Batch = problem.Batch,
            Groups = problem.Groups,
            GroupInputChannels = problem.Weight.GroupInputChannels,
            GroupOutputChannels = problem.Weight.GroupOutputChannels,
            Splits = splits,
            ChannelsPerBias = IsSplit ? 0 : problem.ChannelsPerBias,
            ChannelQuads = weights.ChannelQuads,
            ChannelQuadStride = code.Tile.IsByOutputChannel ? code.Tile.ChannelQuadSize : 1,
            InputBlocks = weights.InputBlocks,
            BlockQuads = (int)weights.BlockQuads,
            TapQuads = (int)weights.TapQuads,
            GroupQuads = (int)weights.GroupQuads,
            InputSampleStride = input.Outermost,
            InputChannelStride = (int)input.Channel,
            OutputSampleStride = output.Outermost,
            OutputChannelStride = (int)output.Channel,
            SplitStride = problem.OutputCount,
            Height = AxisParams(problem.Height, input.Row, output.Row),
            Width = AxisParams(problem.Width, input.Column, output.Column),
        };
    }

    /// <summary>
    /// A step too long for 32 bits leaves the tensor, so that no tap or output takes it and any value
    /// will do.
    /// </summary>
    private static TiledAxisParams AxisParams(AxisProblem axis, long inputStride, long outputStride) => new()
    {
        InputStride = (int)inputStride,
        InputStep = (int)(axis.InputStep * inputStride),
        OutputStep = (int)(axis.Stride * outputStride),
    };
}
