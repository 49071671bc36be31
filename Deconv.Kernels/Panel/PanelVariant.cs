using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Regions;
using Deconv.Kernels.Simd;
using ILGPU.Runtime;

namespace Deconv.Kernels.Panel;

/// <summary>Products of packed weights and panels of inputs, with one family of micro-kernels.</summary>
/// <param name="name">The variant's name.</param>
/// <param name="summary">What it does, in a line.</param>
/// <param name="isPortable">Whether the micro-kernels compile for devices.</param>
/// <param name="kernelsOf">The kernels for elements of a type; null where there are none.</param>
/// <param name="rateOn">Products of floats a nanosecond that a core of the device sums up.</param>
/// <param name="refuse">Why the micro-kernels cannot run on a device; null where they can.</param>
internal sealed class PanelVariant(
    string name,
    string summary,
    bool isPortable,
    Func<ElementType, PanelKernels?> kernelsOf,
    Func<DeviceLimits, double> rateOn,
    Func<DeviceLimits, string?> refuse)
    : KernelVariant
{
    /// <summary>More lines of sums would not stay in cache.</summary>
    private const int MaxColumnStride = 64;

    /// <summary>More regions come from inputs smaller than their kernels, with few pixels in each.</summary>
    private const int MaxRegions = 4096;

    public override string Name => name;

    public override string Summary => summary;

    public override ImmutableArray<KernelEntry> EntryPoints => isPortable
        ?
        [
            .. from element in Enum.GetValues<ElementType>()
               let entries = kernelsOf(element)?.EntriesOf(Name)
               where entries is not null
               from entry in new[] { entries.Value.Convolution, entries.Value.Packing }
               select entry with { Name = element.NameOf(entry.Name) },
        ]
        : [];

    public override string? Refuse(KernelProblem problem, DeviceLimits device)
    {
        if (refuse(device) is string reason)
            return reason;
        if (problem.RefuseComplex() is string notReal)
            return notReal;
        if (device.RefuseElements(problem.Element) is string unknown)
            return unknown;
        if (problem.RefuseColumnStride(MaxColumnStride) is string longStride)
            return longStride;
        if (Refusals.RefusePackedGroup(new PanelWeights(problem.Weight).GroupLength) is string longWeight)
            return longWeight;
        long regions = (long)AxisRuns.Of(problem.Height).Length * AxisRuns.Of(problem.Width).Length;
        return regions > MaxRegions
            ? $"the taps change {regions} times over the output, and it takes at most {MaxRegions}"
            : null;
    }

    /// <inheritdoc/>
    /// <remarks>Blocks of rows that channels do not fill are computed all the same.</remarks>
    public override double Estimate(KernelProblem problem, DeviceLimits device)
    {
        const double Overhead = 10_000;
        const double NanosecondsOfOutput = 0.5;
        var weights = new PanelWeights(problem.Weight);
        double rows = 0;
        double filled = 0;
        foreach (WeightClass columns in weights.ColumnClasses)
        {
            rows += PanelWeights.BlocksOf(columns, problem.Weight.GroupOutputChannels) * PanelKernel.Rows;
            filled += columns.Residues * problem.Weight.GroupOutputChannels;
        }

        double products = problem.ProductCount * rows / filled;
        double rate = rateOn(device) / problem.Element.ProductCost();
        return Overhead
            + (products / rate + problem.OutputCount * NanosecondsOfOutput) / device.Processors;
    }

    public override KernelLaunch Prepare(KernelProblem problem, DeviceLimits device)
    {
        var weights = new PanelWeights(problem.Weight);
        PanelKernels kernels = kernelsOf(problem.Element)!;
        var plan = new PanelPlan(problem, weights, kernels, device.Processors);
        int width = plan.TileWidth;
        (int gridSize, int groupSize) = device.Spread(plan.TaskCount);
        long panelLength = (plan.PanelDepth + 1) * width;
        long sumsLength = (plan.SumRows + 1) * width;
        long lineLength = (long)LinesOf(problem, plan, kernels) * width;
        var parameters = new PanelParams
        {
            TaskCount = plan.TaskCount,
            Batch = problem.Batch,
            GroupInputChannels = problem.Weight.GroupInputChannels,
            GroupOutputChannels = problem.Weight.GroupOutputChannels,
            ChannelBlocks = weights.ChannelBlocks,
            WeightClasses = weights.ColumnClasses.Length,
            ChannelsPerBias = problem.ChannelsPerBias,
            RowStride = problem.Height.Stride,
            ColumnStride = problem.Width.Stride,
            RowStep = problem.Height.InputStep,
            ColumnStep = problem.Width.InputStep,
            Input = PanelStrides.Of(problem.InputStrides),
            Output = PanelStrides.Of(problem.OutputStrides),
            GroupWeightLength = weights.GroupLength,
            Scratch = new()
            {
                Length = panelLength + sumsLength + lineLength + CacheLines.SpareNumbers,
                PanelLength = panelLength,
                SumsLength = sumsLength,
                LineLength = lineLength,
                ZeroSums = (long)plan.SumRows * width,
                Width = width,
            },
        };
        return new KernelLaunch<PanelParams>(parameters)
        {
            GridSize = gridSize,
            GroupSize = groupSize,
            Work = $"{plan.TaskCount} tasks, taken in turn, on {plan.Regions.Length} regions in tiles of {width} pixels",
            Table = new KernelTable()
                .With(plan.Regions)
                .With(plan.Phases)
                .With(plan.Classes)
                .With(weights.Offsets.AsSpan()),
            Counts = plan.TaskCount + gridSize * groupSize,
            ScratchBytes = gridSize * groupSize * parameters.Scratch.Length * kernels.NumberSize,
        };
    }

    public override WeightPacking PreparePacking(WeightProblem weight, DeviceLimits device)
    {
        var weights = new PanelWeights(weight);
        TensorStrides strides = weight.Strides;
        var sections = new List<PanelPackSection>();
        for (int row = 0; row < weight.Height.Classes; ++row)
        {
            foreach (WeightClass columns in weights.ColumnClasses)
            {
                sections.Add(new()
                {
                    RowResidue = row,
                    FirstColumnResidue = columns.FirstResidue,
                    Residues = columns.Residues,
                    RowTaps = weight.Height.TapsOf(row),
                    ColumnTaps = columns.Taps,
                    Offset = weights.Offsets[sections.Count],
                });
            }
        }

        var parameters = new PanelPackParams
        {
            Groups = weight.Groups,
            ChannelBlocks = weights.ChannelBlocks,
            SectionCount = sections.Count,
            GroupInputChannels = weight.GroupInputChannels,
            GroupOutputChannels = weight.GroupOutputChannels,
            RowStep = weight.Height.TapStep,
            ColumnStep = weight.Width.TapStep,
            InputStride = strides.Outermost,
            OutputStride = strides.Channel,
            RowStride = strides.Row,
            ColumnStride = strides.Column,
            GroupLength = weights.GroupLength,
        };
        int tasks = weight.Groups * weights.ChannelBlocks;
        (int gridSize, int groupSize) = device.Spread(tasks);
        return new(weight, weights.Length * kernelsOf(weight.Element)!.NumberSize, new KernelLaunch<PanelPackParams>(parameters)
        {
            GridSize = gridSize,
            GroupSize = groupSize,
            Work = $"{tasks} blocks of channels in turn",
            Table = new KernelTable().With<PanelPackSection>(CollectionsMarshal.AsSpan(sections)),
        });
    }

    /// <summary>Lanes of a line that a pixel takes, on its way from the input or to the output.</summary>
    private static int LinesOf(KernelProblem problem, PanelPlan plan, PanelKernels kernels)
    {
        int stored = problem.OutputStrides.Channel == 1 ? PanelKernel.Rows : plan.MaxColumnPhases;
        if (!kernels.ConvertsElements)
            return stored;

        // Numbers, with the elements behind them that they are rounded to; or inputs of a tile, and of the
        // rows above it that its taps read, where there are not many.
        return Math.Max(stored + PanelKernel.Rows / 2, 8);
    }

    public override LoadedVariant Load(Accelerator accelerator, ElementType element) =>
        kernelsOf(element)!.Load(accelerator, element.NameOf(Name));

    public override void CompileAhead(ElementType element) => kernelsOf(element)!.CompileAhead();
}
