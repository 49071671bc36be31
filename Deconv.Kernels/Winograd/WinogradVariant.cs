using System.Collections.Immutable;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Simd;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Kernels.Winograd;

/// <summary>Minimal filtering of blocks of two outputs an axis, in vectors of one length.</summary>
/// <param name="bits">The length of a vector.</param>
/// <param name="rateOn">Products a nanosecond that a core of the device sums up.</param>
/// <param name="refuse">Why vectors of that length cannot run on a device; null where they can.</param>
internal sealed class WinogradVariant<TSimd, TVector>(
    int bits, Func<DeviceLimits, double> rateOn, Func<DeviceLimits, string?> refuse)
    : KernelVariant
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    /// <summary>More sums of a block would not stay in cache.</summary>
    private const int MaxColumnStride = 64;

    private delegate void Entry(
        ArrayView<float> input,
        ArrayView<float> weights,
        ArrayView<float> bias,
        ArrayView<float> output,
        ArrayView<float> scratch,
        ArrayView<WinogradPhase> rowPhases,
        ArrayView<WinogradPhase> columnPhases,
        ArrayView<WinogradPosition> positions,
        ArrayView<int> weightOffsets,
        ArrayView<int> counter,
        int firstCount,
        WinogradParams p);

    private delegate void PackEntry(
        ArrayView<float> weight, ArrayView<float> packed, ArrayView<int> offsets, WinogradPackParams p);

    public override string Name => $"winograd-simd{bits}";

    public override string Summary =>
        $"saves products by minimal filtering where outputs have two or three taps an axis, in {bits}-bit vectors of the CPU";

    public override ImmutableArray<KernelEntry> EntryPoints => [];

    public override string? Refuse(KernelProblem problem, DeviceLimits device)
    {
        if (refuse(device) is string reason)
            return reason;
        if (problem.Element != ElementType.Float32)
            return $"it computes float32, and the call's elements are {problem.Element.Name()}";
        if (problem.Layout != TensorLayout.ChannelsFirst)
            return "its vectors are of neighbouring pixels, and the layout has channels last";
        if (problem.Width.Stride > MaxColumnStride)
            return $"the stride is {problem.Width.Stride} on the width axis, and it takes at most {MaxColumnStride}";
        int rowTaps = problem.Weight.Height.TapsOf(0);
        int columnTaps = problem.Weight.Width.TapsOf(0);
        if (rowTaps == 1 && columnTaps == 1)
            return "no output has two taps along an axis, so there are no products to save";
        int taps = Math.Max(rowTaps, columnTaps);
        if (taps > WinogradAxis.MaxTaps)
            return $"outputs have {taps} taps along an axis, and it takes at most {WinogradAxis.MaxTaps}";
        if (HasGaps(problem.Height) || HasGaps(problem.Width))
            return "the taps of an output read inputs that are not neighbours";
        long weightLength = new WinogradWeights(problem.Weight).GroupLength;
        return weightLength > int.MaxValue
            ? $"a group of the packed weight has {weightLength} elements, and it takes at most {int.MaxValue}"
            : null;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Transforms are as long for few channels as for many, products of a block of eight channels too. Weights
    /// that are too long for caches come from memory for each tile.
    /// </remarks>
    public override double Estimate(KernelProblem problem, DeviceLimits device)
    {
        const double Overhead = 10_000;
        const double ProductsOfInput = 7;
        const double ProductsOfSum = 5;
        const double NanosecondsOfWeight = 0.07;
        const long LongWeight = 1 << 21;
        var plan = new WinogradPlan(problem, TSimd.Count, device.Processors);
        double rows = (double)problem.Batch * plan.Rows.Blocks * plan.Columns.Blocks
            * plan.Rows.Phases.Sum(phase => phase.Positions);
        double inputs = rows * plan.Positions.Length * problem.InputChannels;
        double sums = rows * plan.ColumnPhases.Sum(phase => phase.Positions) * problem.OutputChannels;
        double filled = (double)problem.Weight.GroupOutputChannels / (plan.Weights.ChannelBlocks * RowBlock.Rows);
        double products = inputs * ProductsOfInput
            + sums * (problem.Weight.GroupInputChannels / filled + ProductsOfSum);

        // More columns than these are not interleaved in vectors.
        double nanosecondsOfOutput = plan.Columns.BlockLength * plan.Columns.Phases.Length > 8 ? 1.5 : 0.5;
        double nanosecondsOfWeights = plan.Weights.GivenOffset > LongWeight
            ? NanosecondsOfWeight * plan.Weights.GivenOffset * plan.Tiles
            : 0;
        return Overhead
            + nanosecondsOfWeights
            + (products / rateOn(device) + problem.OutputCount * nanosecondsOfOutput) / device.Processors;
    }

    public override KernelLaunch Prepare(KernelProblem problem, DeviceLimits device)
    {
        var plan = new WinogradPlan(problem, TSimd.Count, device.Processors);
        (int gridSize, int groupSize) = device.Spread(plan.TaskCount);
        var parameters = new WinogradParams
        {
            TaskCount = plan.TaskCount,
            PanelParts = plan.PanelParts,
            BlockParts = plan.BlockParts,
            Tiles = plan.Tiles,
            Batch = problem.Batch,
            TileWidth = plan.TileWidth,
            GroupInputChannels = problem.Weight.GroupInputChannels,
            GroupOutputChannels = problem.Weight.GroupOutputChannels,
            ChannelBlocks = plan.Weights.ChannelBlocks,
            ChannelsPerBias = problem.ChannelsPerBias,
            Rows = LinesOf(problem.Height, plan.Rows),
            Columns = LinesOf(problem.Width, plan.Columns),
            PanelColumns = plan.Positions.Length,
            FirstPatchColumn = plan.FirstPatchColumn,
            PatchColumns = plan.PatchColumns,
            WeightClasses = problem.Weight.Width.Classes,
            GroupWeightLength = plan.Weights.GroupLength,
            GivenWeight = plan.Weights.GivenOffset,
            Weight = problem.Weight.Strides,
            Input = problem.InputStrides,
            Output = problem.OutputStrides,
            Scratch = plan.Scratch,
        };
        return new KernelLaunch<WinogradParams>(parameters)
        {
            GridSize = gridSize,
            GroupSize = groupSize,
            Work = $"{plan.TaskCount} tasks, taken in turn, on tiles of {plan.TileWidth} blocks of "
                + $"{plan.Rows.BlockLength} x {plan.Columns.BlockLength} outputs",
            Table = new KernelTable()
                .With(plan.Rows.Phases.AsSpan())
                .With(plan.ColumnPhases.AsSpan())
                .With(plan.Positions.IsEmpty ? [default] : plan.Positions.AsSpan())
                .With<int>([.. plan.Weights.Offsets.Select(offset => (int)offset)]),
            Counts = plan.TaskCount + gridSize * groupSize,
            ScratchBytes = gridSize * groupSize * plan.Scratch.Length * sizeof(float),
        };
    }

    public override WeightPacking PreparePacking(WeightProblem weight, DeviceLimits device)
    {
        var weights = new WinogradWeights(weight);
        int tasks = weight.Groups * weights.ChannelBlocks;
        (int gridSize, int groupSize) = device.Spread(tasks);
        var parameters = new WinogradPackParams
        {
            Weight = weight,
            Strides = weight.Strides,
            ChannelBlocks = weights.ChannelBlocks,
            GroupLength = weights.GroupLength,
            GivenOffset = weights.GivenOffset,
            GivenLength = weights.GivenLength,
        };
        return new(weight, weights.Length * sizeof(float), new KernelLaunch<WinogradPackParams>(parameters)
        {
            GridSize = gridSize,
            GroupSize = groupSize,
            Work = $"{tasks} blocks of channels in turn",
            Table = new KernelTable().With<int>([.. weights.Offsets.Select(offset => checked((int)offset))]),
        });
    }

    public override LoadedVariant Load(Accelerator accelerator, ElementType element)
    {
        var convolve = KernelLoader.Load<Action<
            AcceleratorStream,
            KernelConfig,
            ArrayView<float>,
            ArrayView<float>,
            ArrayView<float>,
            ArrayView<float>,
            ArrayView<float>,
            ArrayView<WinogradPhase>,
            ArrayView<WinogradPhase>,
            ArrayView<WinogradPosition>,
            ArrayView<int>,
            ArrayView<int>,
            int,
            WinogradParams>>(accelerator, new(Name, new Entry(WinogradKernel<TSimd, TVector>.Run).Method));
        var pack = KernelLoader.Load<Action<
            AcceleratorStream,
            KernelConfig,
            ArrayView<float>,
            ArrayView<float>,
            ArrayView<int>,
            WinogradPackParams>>(accelerator, new($"{Name}.pack", new PackEntry(WinogradPackKernel.Run).Method));
        return new(
            (stream, launch, memory, operands) => convolve(
                stream,
                new KernelConfig(launch.GridSize, launch.GroupSize),
                operands.Input.Cast<float>(),
                operands.Weight.Cast<float>(),
                operands.Bias.Cast<float>(),
                operands.Output.Cast<float>(),
                memory.Scratch.Cast<float>(),
                launch.Table.View<WinogradPhase>(memory.Table, 0),
                launch.Table.View<WinogradPhase>(memory.Table, 1),
                launch.Table.View<WinogradPosition>(memory.Table, 2),
                launch.Table.View<int>(memory.Table, 3),
                memory.Counter,
                memory.FirstCount,
                ((KernelLaunch<WinogradParams>)launch).Parameters),
            (stream, launch, memory, operands) => pack(
                stream,
                new KernelConfig(launch.GridSize, launch.GroupSize),
                operands.Input.Cast<float>(),
                operands.Output.Cast<float>(),
                launch.Table.View<int>(memory.Table, 0),
                ((KernelLaunch<WinogradPackParams>)launch).Parameters));
    }

    /// <summary>Whether taps of one output read inputs that are not neighbours.</summary>
    private static bool HasGaps(AxisProblem axis) =>
        axis.InputStep > 1 && new WeightAxis(axis.KernelLength, axis.TapStep).TapsOf(0) > 1;

    private static WinogradLines LinesOf(AxisProblem axis, WinogradAxis blocks) => new()
    {
        Phases = blocks.Phases.Length,
        Blocks = blocks.Blocks,
        BlockLength = blocks.BlockLength,
        Stride = axis.Stride,
        TapStep = axis.TapStep,
        InputLength = axis.InputLength,
        OutputLength = axis.OutputLength,
    };
}
