using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Regions;
using ILGPU;

namespace Deconv.Kernels.Panel;

/// <summary>Shares out a problem to tasks: the tables of <see cref="PanelKernel"/>.</summary>
internal sealed class PanelPlan
{
    /// <summary>Enough for work items to end at about the same time.</summary>
    private const int TasksPerItem = 16;

    /// <summary>Tasks that share a tile pack its panel each, so tiles are cut only where there are few.</summary>
    private const int TasksPerPart = 4;

    /// <summary>
    /// Blocks of rows that a panel has to serve: fewer would not be worth the time to pack it.
    /// </summary>
    private const int MinBlocksPerPart = 8;

    /// <summary>What packing and storing cost, in products of a block of rows with a lane.</summary>
    private const int CostOfOutput = 4;

    private readonly KernelProblem problem;
    private readonly PanelWeights weights;
    private readonly PanelTiling tiling;
    private readonly List<PanelPhase> phases = [];
    private readonly List<PanelClass> classes = [];
    private readonly PanelRegion[] regions;

    public PanelPlan(KernelProblem problem, PanelWeights weights, PanelKernels kernels, int items)
    {
        this.problem = problem;
        this.weights = weights;
        ImmutableArray<AxisRun> rowRuns = AxisRuns.Of(problem.Height);
        ImmutableArray<AxisRun> columnRuns = AxisRuns.Of(problem.Width);
        int[] firstRowPhases = new int[rowRuns.Length];
        for (int row = 0; row < rowRuns.Length; ++row)
            firstRowPhases[row] = AddPhases(rowRuns[row], problem.Weight.Height);
        var firstColumns = new (int FirstPhase, int FirstClass, int Classes)[columnRuns.Length];
        for (int column = 0; column < columnRuns.Length; ++column)
            firstColumns[column] = AddColumns(columnRuns[column]);

        (int longestRow, int rowTaps) = MostOf(rowRuns);
        (int longestColumn, int columnTaps) = MostOf(columnRuns);
        PanelDepth = (long)rowTaps * columnTaps * problem.Weight.GroupInputChannels;
        long lines = PanelDepth + SumRows + MaxColumnPhases;
        tiling = new(problem, kernels, lines, longestRow, longestColumn, items);
        var regions = new PanelRegion[rowRuns.Length * columnRuns.Length];
        for (int row = 0; row < rowRuns.Length; ++row)
        {
            for (int column = 0; column < columnRuns.Length; ++column)
            {
                ref PanelRegion region = ref regions[row * columnRuns.Length + column];
                region = RegionOf(rowRuns[row], columnRuns[column]);
                region.FirstRowPhase = firstRowPhases[row];
                (region.FirstColumnPhase, region.FirstClass, region.Classes) = firstColumns[column];
            }
        }

        // OpenCL takes no empty table, even one that nothing reads.
        if (classes.Count == 0)
            classes.Add(default);
        this.regions = ShareOut(regions, items);
    }

    public ReadOnlySpan<PanelRegion> Regions => regions;

    public int TaskCount { get; private set; }

    public ReadOnlySpan<PanelPhase> Phases => CollectionsMarshal.AsSpan(phases);

    public ReadOnlySpan<PanelClass> Classes => CollectionsMarshal.AsSpan(classes);

    /// <summary>The most inputs that a pixel has.</summary>
    public long PanelDepth { get; }

    /// <inheritdoc cref="PanelTiling.Width"/>
    public int TileWidth => tiling.Width;

    /// <summary>The most rows of sums that a unit has, filled up to blocks.</summary>
    public int SumRows { get; private set; }

    /// <summary>The most column phases of a run.</summary>
    public int MaxColumnPhases { get; private set; }

    private static (int Length, int Taps) MostOf(ImmutableArray<AxisRun> runs)
    {
        (int length, int taps) = (0, 0);
        foreach (AxisRun run in runs)
            (length, taps) = (Math.Max(length, run.Length), Math.Max(taps, run.Taps));
        return (length, taps);
    }

    private int AddPhases(AxisRun run, WeightAxis axis)
    {
        int first = phases.Count;
        foreach (RunPhase phase in run.Phases)
            phases.Add(PhaseOf(phase, axis));
        return first;
    }

    private (int FirstPhase, int FirstClass, int Classes) AddColumns(AxisRun run)
    {
        int firstPhase = AddPhases(run, problem.Weight.Width);
        int firstClass = classes.Count;
        Span<PanelPhase> added = CollectionsMarshal.AsSpan(phases)[firstPhase..];
        int sums = 0;
        for (int index = 0; index < weights.ColumnClasses.Length; ++index)
        {
            WeightClass residues = weights.ColumnClasses[index];
            bool isUsed = false;
            foreach (ref PanelPhase phase in added)
            {
                int inClass = phase.Residue - residues.FirstResidue;
                if (phase.TapCount == 0 || inClass < 0 || inClass >= residues.Residues)
                    continue;
                (phase.FirstSum, phase.SumStep) = (sums + inClass, residues.Residues);
                if (isUsed)
                    continue;
                isUsed = true;
                classes.Add(new()
                {
                    Index = index,
                    Phases = residues.Residues,
                    SkippedTaps = phase.SkippedTaps,
                    TapCount = phase.TapCount,
                    ClassTaps = phase.ClassTaps,
                    FirstSum = sums,
                });
            }

            if (isUsed)
            {
                int channels = Math.Min(PanelKernel.Rows, problem.Weight.GroupOutputChannels);
                sums += PanelWeights.BlocksOf(residues, channels) * PanelKernel.Rows;
            }
        }

        SumRows = Math.Max(SumRows, sums);
        MaxColumnPhases = Math.Max(MaxColumnPhases, run.Phases.Length);
        return (firstPhase, firstClass, classes.Count - firstClass);
    }

    private static PanelPhase PhaseOf(RunPhase phase, WeightAxis axis)
    {
        if (phase.TapCount == 0)
            return new() { FirstOutput = phase.FirstOutput };
        (int skipped, int residue) = Math.DivRem(phase.FirstTap, axis.TapStep);
        return new()
        {
            FirstOutput = phase.FirstOutput,
            Residue = residue,
            SkippedTaps = skipped,
            TapCount = phase.TapCount,
            ClassTaps = axis.TapsOf(residue),
        };
    }

    private PanelRegion RegionOf(AxisRun rows, AxisRun columns)
    {
        (int width, int tilesOfRow) = tiling.TilesOf(columns.Length, rows.Phases.Length * columns.Phases.Length);
        long lines = (long)problem.Batch * rows.Length;
        return new()
        {
            Tiles = checked((int)(tilesOfRow > 0 ? lines * tilesOfRow : IntrinsicMath.DivRoundUp(lines * columns.Length, width))),
            TileWidth = width,
            TilesOfRow = tilesOfRow,
            Rows = rows.Length,
            Columns = columns.Length,
            FirstInputRow = rows.FirstInput,
            FirstInputColumn = columns.FirstInput,
            RowTaps = rows.Taps,
            ColumnTaps = columns.Taps,
            SharedRow = tilesOfRow > 0 ? tiling.SharedRowOf(columns.Taps, width) : 0,
            RowPhases = rows.Phases.Length,
            ColumnPhases = columns.Phases.Length,
        };
    }

    /// <summary>What a group's part of a region costs, in products.</summary>
    private long CostOf(PanelRegion region)
    {
        long taps = 0;
        for (int row = 0; row < region.RowPhases; ++row)
        {
            for (int column = 0; column < region.ColumnPhases; ++column)
            {
                taps += CostOfOutput + (long)phases[region.FirstRowPhase + row].TapCount
                    * phases[region.FirstColumnPhase + column].TapCount
                    * problem.Weight.GroupInputChannels;
            }
        }

        return taps * problem.Weight.GroupOutputChannels * region.Tiles;
    }

    /// <summary>
    /// Cuts regions into tasks that cost about the same, by tiles and, where there are too few of them,
    /// by units; and puts the longest tasks first, those of earlier regions among equals.
    /// </summary>
    private PanelRegion[] ShareOut(PanelRegion[] regions, int items)
    {
        long[] costs = new long[regions.Length];
        int[] order = new int[regions.Length];
        long cost = 0;
        for (int i = 0; i < regions.Length; ++i)
        {
            order[i] = i;
            costs[i] = CostOf(regions[i]);
            cost += costs[i];
        }

        long taskCost = IntrinsicMath.DivRoundUp(cost * problem.Groups, (long)items * TasksPerItem);
        for (int i = 0; i < regions.Length; ++i)
        {
            ref PanelRegion region = ref regions[i];
            long parts = IntrinsicMath.DivRoundUp(costs[i], taskCost);
            int units = region.RowPhases * weights.ChannelBlocks;
            long mostUnitParts = Math.Clamp((long)units * region.ColumnPhases / MinBlocksPerPart, 1, units);
            region.TileParts = Parts.EvenCount(region.Tiles, parts);
            region.UnitParts = (int)Math.Clamp(parts / TasksPerPart / region.TileParts, 1, mostUnitParts);
            costs[i] /= (long)region.TileParts * region.UnitParts;
        }

        Array.Sort(order, (a, b) => costs[a] == costs[b] ? a - b : costs[b].CompareTo(costs[a]));
        var sorted = new PanelRegion[regions.Length];
        for (int i = 0; i < regions.Length; ++i)
        {
            PanelRegion placed = regions[order[i]];
            placed.FirstTask = TaskCount;
            TaskCount = checked(TaskCount + problem.Groups * placed.TileParts * placed.UnitParts);
            placed.EndTask = TaskCount;
            sorted[i] = placed;
        }

        return sorted;
    }
}
