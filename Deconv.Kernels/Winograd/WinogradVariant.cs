using System.Collections.Immutable;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Simd;
using ILGPU.Runtime;

namespace Deconv.Kernels.Winograd;

/// <summary>Minimal filtering of blocks of two outputs an axis, in vectors of one length.</summary>
/// <param name="bits">The length of a vector.</param>
/// <param name="kernelsOf">The kernels for elements of a type; null where there are none.</param>
/// <param name="rateOn">Products of floats a nanosecond that a core of the device sums up.</param>
/// <param name="refuse">Why vectors of that length cannot run on a device; null where they can.</param>
internal sealed class WinogradVariant(
    int bits,
    Func<ElementType, WinogradKernels?> kernelsOf,
    Func<DeviceLimits, double> rateOn,
    Func<DeviceLimits, string?> refuse)
    : KernelVariant
{
    /// <summary>More sums of a block would not stay in cache.</summary>
    private const int MaxColumnStride = 64;

    public override string Name => $"winograd-simd{bits}";

    public override string Summary =>
        $"saves products by minimal filtering where outputs have two or three taps an axis, in {bits}-bit vectors of the CPU";

    public override ImmutableArray<KernelEntry> EntryPoints => [];

    public override string? Refuse(KernelProblem problem, DeviceLimits device)
    {
        if (refuse(device) is string reason)
            return reason;
        if (problem.RefuseComplex() is string notReal)
            return notReal;
        if (problem.Layout != TensorLayout.ChannelsFirst)
            return "its vectors are of neighbouring pixels, and the layout has channels last";
        if (problem.RefuseColumnStride(MaxColumnStride) is string longStride)
            return longStride;
        int rowTaps = problem.Weight.Height.TapsOf(0);
        int columnTaps = problem.Weight.Width.TapsOf(0);
        if (rowTaps == 1 && columnTaps == 1)
            return "no output has two taps along an axis, so there are no products to save";
        int taps = Math.Max(rowTaps, columnTaps);
        if (taps > WinogradAxis.MaxTaps)
            return $"outputs have {taps} taps along an axis, and it takes at most {WinogradAxis.MaxTaps}";
        if (HasGaps(problem.Height) || HasGaps(problem.Width))
            return "the taps of an output read inputs that are not neighbours";
        return Refusals.RefusePackedGroup(new WinogradWeights(problem.Weight).GroupLength);
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
        var plan = new WinogradPlan(problem, kernelsOf(problem.Element)!, device.Processors);
        double rows = (double)problem.Batch * plan.Rows.Blocks * plan.Columns.Blocks
            * PositionsOf(plan.Rows.Phases);
        double inputs = rows * plan.Positions.Length * problem.InputChannels;
        double sums = rows * PositionsOf(plan.ColumnPhases) * problem.OutputChannels;
        double filled = (double)problem.Weight.GroupOutputChannels / (plan.Weights.ChannelBlocks * RowBlock.Rows);
        double products = inputs * ProductsOfInput
            + sums * (problem.Weight.GroupInputChannels / filled + ProductsOfSum);

        double rate = problem.Element.NeedsFloat64() ? rateOn(device) / 2 : rateOn(device);

        // More columns than these are not interleaved in vectors.
        double nanosecondsOfOutput = plan.Columns.BlockLength * plan.Columns.Phases.Length > 8 ? 1.5 : 0.5;
        double nanosecondsOfWeights = plan.Weights.GivenOffset > LongWeight
            ? NanosecondsOfWeight * plan.Weights.GivenOffset * plan.Tiles
            : 0;
        return Overhead
            + nanosecondsOfWeights
            + (products / rate + problem.OutputCount * nanosecondsOfOutput) / device.Processors;
    }

    public override KernelLaunch Prepare(KernelProblem problem, DeviceLimits device)
    {
        var plan = new WinogradPlan(problem, kernelsOf(problem.Element)!, device.Processors);
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
            FetchesAhead = plan.FetchesAhead ? 1 : 0,
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
                .With(plan.Weights.Offsets.AsSpan()),
            Counts = plan.TaskCount + gridSize * groupSize,
            ScratchBytes = gridSize * groupSize * plan.Scratch.Length * kernelsOf(problem.Element)!.NumberSize,
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
        return new(weight, weights.Length * kernelsOf(weight.Element)!.NumberSize, new KernelLaunch<WinogradPackParams>(parameters)
        {
            GridSize = gridSize,
            GroupSize = groupSize,
            Work = $"{tasks} blocks of channels in turn",
            Table = new KernelTable().With(weights.Offsets.AsSpan()),
        });
    }

    public override LoadedVariant Load(Accelerator accelerator, ElementType element) =>
        kernelsOf(element)!.Load(accelerator);

    /// <summary>Whether taps of one output read inputs that are not neighbours.</summary>
    private static bool HasGaps(AxisProblem axis) =>
        axis.InputStep > 1 && new WeightAxis(axis.KernelLength, axis.TapStep).TapsOf(0) > 1;

    private static int PositionsOf(ImmutableArray<WinogradPhase> phases)
    {
        int positions = 0;
        foreach (WinogradPhase phase in phases)
            positions += phase.Positions;
        return positions;
    }

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
