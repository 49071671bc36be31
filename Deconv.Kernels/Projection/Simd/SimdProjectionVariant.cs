using System.Collections.Immutable;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Simd;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Kernels.Projection.Simd;

/// <summary>The product of samples of one pixel with a weight whose columns are lanes, in vectors of one length.</summary>
/// <param name="bits">The length of a vector.</param>
/// <param name="kernelsOf">The kernels for elements of a type; null where there are none.</param>
/// <param name="rateOn">Products of floats a nanosecond that a core of the device sums up.</param>
/// <param name="refuse">Why vectors of that length cannot run on a device; null where they can.</param>
internal sealed class SimdProjectionVariant(
    int bits,
    Func<ElementType, SimdProjectionKernels?> kernelsOf,
    Func<DeviceLimits, double> rateOn,
    Func<DeviceLimits, string?> refuse)
    : KernelVariant
{
    /// <summary>Enough for work items to end at about the same time.</summary>
    private const int TasksPerItem = 16;

    /// <summary>Samples that read a block of weights while it is in cache.</summary>
    private const int MaxSamplesOfPass = 64;

    /// <summary>Numbers of the samples of a pass, a quarter of a second-level cache.</summary>
    private const int MaxPassLength = 65536;

    /// <summary>Blocks that are packed side by side, so that what is read at a time is longer than a block.</summary>
    private const int BlocksOfRun = 16;

    public override string Name => $"project-simd{bits}";

    public override string Summary =>
        $"reads each weight once for eight samples of one pixel, in {bits}-bit vectors of the CPU; for projections";

    public override ImmutableArray<KernelEntry> EntryPoints => [];

    public override string? Refuse(KernelProblem problem, DeviceLimits device)
    {
        if (refuse(device) is string reason)
            return reason;
        if (problem.RefuseComplex() is string notReal)
            return notReal;
        if (problem.RefuseAllButPixelProducts() is string longer)
            return longer;
        var weights = new SimdProjectionWeights(problem.Weight, kernelsOf(problem.Element)!);
        return Refusals.RefusePackedGroup(weights.GroupLength);
    }

    /// <inheritdoc/>
    /// <remarks>Below what panels are estimated to take, whose lanes are samples and whose outputs are stored one by one.</remarks>
    public override double Estimate(KernelProblem problem, DeviceLimits device)
    {
        const double Overhead = 10_000;
        const double NanosecondsOfOutput = 0.1;
        double rate = rateOn(device) / problem.Element.ProductCost();
        return Overhead
            + (problem.ProductCount / rate + problem.OutputCount * NanosecondsOfOutput) / device.Processors;
    }

    public override KernelLaunch Prepare(KernelProblem problem, DeviceLimits device)
    {
        SimdProjectionKernels kernels = kernelsOf(problem.Element)!;
        var weights = new SimdProjectionWeights(problem.Weight, kernels);
        int depth = problem.Weight.GroupInputChannels;
        int mostSamples = Math.Clamp(MaxPassLength / depth, RowBlock.Rows, MaxSamplesOfPass);
        int passes = IntrinsicMath.DivRoundUp(problem.Batch, mostSamples / RowBlock.Rows * RowBlock.Rows);
        int rowBlocks = IntrinsicMath.DivRoundUp(IntrinsicMath.DivRoundUp(problem.Batch, passes), RowBlock.Rows);
        long pairs = (long)passes * problem.Groups;
        int parts = (int)Math.Min(
            weights.Blocks, IntrinsicMath.DivRoundUp((long)device.Processors * TasksPerItem, pairs));
        int taskCount = checked((int)(pairs * parts));
        (int gridSize, int groupSize) = device.Spread(taskCount);
        var parameters = new SimdProjectionParams
        {
            TaskCount = taskCount,
            Batch = problem.Batch,
            SamplesOfPass = rowBlocks * RowBlock.Rows,
            Groups = problem.Groups,
            GroupInputChannels = depth,
            GroupOutputChannels = problem.Weight.GroupOutputChannels,
            Blocks = weights.Blocks,
            BlockParts = parts,
            ChannelsPerBias = problem.ChannelsPerBias,
            GroupWeightLength = weights.GroupLength,
            ScratchLength = (long)rowBlocks * RowBlock.Rows * depth
                + (RowBlock.Rows + 1) * kernels.BlockWidth
                + CacheLines.SpareNumbers,
        };
        return new KernelLaunch<SimdProjectionParams>(parameters)
        {
            GridSize = gridSize,
            GroupSize = groupSize,
            Work = $"{taskCount} tasks, taken in turn, of blocks of {kernels.BlockWidth} output channels and up to "
                + $"{rowBlocks * RowBlock.Rows} samples",
            Table = new KernelTable(),
            Counts = taskCount + gridSize * groupSize,
            ScratchBytes = gridSize * groupSize * parameters.ScratchLength * kernels.NumberSize,
        };
    }

    public override WeightPacking PreparePacking(WeightProblem weight, DeviceLimits device)
    {
        SimdProjectionKernels kernels = kernelsOf(weight.Element)!;
        var weights = new SimdProjectionWeights(weight, kernels);
        int runs = IntrinsicMath.DivRoundUp(weights.Blocks, BlocksOfRun);
        (int gridSize, int groupSize) = device.Spread((long)weight.Groups * runs);
        var parameters = new SimdProjectionPackParams
        {
            Groups = weight.Groups,
            Runs = runs,
            RunChannels = BlocksOfRun * kernels.BlockWidth,
            GroupInputChannels = weight.GroupInputChannels,
            GroupOutputChannels = weight.GroupOutputChannels,
            GroupLength = weights.GroupLength,
        };
        return new(weight, weights.Length * kernels.NumberSize, new KernelLaunch<SimdProjectionPackParams>(parameters)
        {
            GridSize = gridSize,
            GroupSize = groupSize,
            Work = $"{weight.Groups * runs} runs of {BlocksOfRun} blocks of channels in turn",
            Table = new KernelTable(),
        });
    }

    public override LoadedVariant Load(Accelerator accelerator, ElementType element) =>
        kernelsOf(element)!.Load(accelerator);
}
