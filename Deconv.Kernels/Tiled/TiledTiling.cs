using System.Collections.Immutable;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Regions;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>A problem cut into tasks, and those into tiles of a number of rows and pixels.</summary>
internal sealed class TiledTiling
{
    private readonly KernelProblem problem;
    private readonly TiledWeights weights;
    private readonly TileShape tile;
    private readonly ImmutableArray<AxisRun> rows;
    private readonly ImmutableArray<(AxisRun Run, PhaseRange Phases)> columns;

    public TiledTiling(KernelProblem problem, TileShape tile)
    {
        this.problem = problem;
        this.tile = tile;
        weights = new TiledWeights(problem.Weight, tile);
        rows = AxisRuns.Of(problem.Height);
        columns =
        [
            .. from run in AxisRuns.Of(problem.Width)
               from range in RangesOf(run)
               from part in Cut(range)
               select (run, part),
        ];
    }

    private int TileQuads => tile.Rows / 4;

    public long TaskCount => rows.Sum(row => (long)row.Phases.Length) * columns.Length;

    /// <summary>Pixels of the largest task.</summary>
    public long MaxPixels => (long)problem.Batch * rows.Max(row => row.Length) * columns.Max(column => column.Run.Length);

    /// <summary>Tiles, of which each part of a sum has a copy.</summary>
    public long TileCount => Sum((row, phase, column) => Tiles(row, column.Run, column.Phases));

    /// <summary>Tiles of one sample.</summary>
    public long SampleTileCount => new TiledTiling(problem with { Batch = 1 }, tile).TileCount;

    /// <summary>Slices of all tiles.</summary>
    public long SliceCount =>
        Sum((row, phase, column) => Tiles(row, column.Run, column.Phases) * Slices(phase, column.Phases));

    /// <summary>Slices of the tile that has most.</summary>
    public int LongestSum => (int)Math.Min(
        int.MaxValue,
        (long)rows.Max(row => row.Taps) * columns.Max(column => column.Phases.TapCount) * weights.InputBlocks);

    /// <summary>
    /// The tasks in the order of their tiles, for at most 2^31 - 1 tiles. Those with the longest sums come
    /// first, so that the groups which start last are soon done.
    /// </summary>
    public TiledTask[] Tasks(int splits)
    {
        IEnumerable<(AxisRun Row, RunPhase RowPhase, AxisRun Column, PhaseRange Phases)> order =
            from row in rows
            from phase in row.Phases
            from column in columns
            orderby (long)phase.TapCount * column.Phases.TapCount descending
            select (row, phase, column.Run, column.Phases);

        var tasks = new List<TiledTask>();
        int firstTile = 0;
        foreach ((AxisRun row, RunPhase phase, AxisRun column, PhaseRange phases) in order)
        {
            tasks.Add(Task(row, phase, column, phases) with { FirstTile = firstTile });
            firstTile += (int)Tiles(row, column, phases) * splits;
        }

        return [.. tasks];
    }

    /// <summary>Neighbouring phases whose weights and outputs lie in equal steps.</summary>
    private List<PhaseRange> RangesOf(AxisRun run)
    {
        var ranges = new List<PhaseRange>();
        foreach (RunPhase phase in run.Phases)
        {
            if (ranges.Count > 0 && Extend(ranges[^1], phase) is PhaseRange longer)
                ranges[^1] = longer;
            else
                ranges.Add(new(phase.FirstOutput, 0, phase.FirstTap, 0, phase.TapCount, 1));
        }

        return ranges;
    }

    /// <summary>The range with one phase more; null where that is not alike.</summary>
    private PhaseRange? Extend(PhaseRange range, RunPhase phase)
    {
        PhaseRange longer = range.Count == 1
            ? range with
            {
                OutputStep = phase.FirstOutput - range.FirstOutput,
                TapStep = phase.FirstTap - range.FirstTap,
                Count = 2,
            }
            : range with { Count = range.Count + 1 };
        bool isInStep = phase.FirstOutput == range.FirstOutput + range.Count * longer.OutputStep
            && phase.FirstTap == range.FirstTap + range.Count * longer.TapStep;
        bool isAlike = phase.TapCount == range.TapCount
            && (phase.TapCount == 0 || weights.AreAlike(range.FirstTap, phase.FirstTap));
        return isInStep && isAlike ? longer : null;
    }

    /// <summary>
    /// Cuts phases into parts that tiles take side by side: as many as need the fewest tiles and, among
    /// equals, the most, whose outputs are neighbours.
    /// </summary>
    private IEnumerable<PhaseRange> Cut(PhaseRange range)
    {
        int best = Enumerable.Range(1, Math.Min(range.Count, TileQuads))
            .OrderBy(count => IntrinsicMath.DivRoundUp(range.Count, count) * ChannelTiles(count))
            .ThenByDescending(count => count)
            .First();
        for (int first = 0; first < range.Count; first += best)
            yield return range.Part(first, Math.Min(best, range.Count - first));
    }

    /// <summary>Quads of channels that a tile takes of each of some phases.</summary>
    private int PhaseQuads(int phases) => Math.Min(weights.ChannelQuads, TileQuads / phases);

    private int ChannelTiles(int phases) => IntrinsicMath.DivRoundUp(weights.ChannelQuads, PhaseQuads(phases));

    private TiledTask Task(AxisRun row, RunPhase rowPhase, AxisRun column, PhaseRange phases)
    {
        TensorStrides input = problem.InputStrides;
        TensorStrides output = problem.OutputStrides;
        bool hasTaps = rowPhase.TapCount > 0 && phases.TapCount > 0;
        long firstRow = row.FirstInput - (rowPhase.TapCount - 1L) * problem.Height.InputStep;
        long firstColumn = column.FirstInput - (phases.TapCount - 1L) * problem.Width.InputStep;
        long weight = hasTaps ? weights.QuadOf(rowPhase.FirstTap, phases.FirstTap) : 0;
        int packedTaps = hasTaps ? weights.ColumnTapsOf(phases.FirstTap) : 0;
        long inputRowStep = problem.Height.InputStep * input.Row;
        long inputColumnStep = problem.Width.InputStep * input.Column;
        return new()
        {
            RowSteps = row.Length,
            ColumnSteps = column.Length,
            ChannelTiles = ChannelTiles(phases.Count),
            RowTaps = hasTaps ? rowPhase.TapCount : 0,
            ColumnTaps = hasTaps ? phases.TapCount : 0,
            PackedColumnTaps = packedTaps,
            InputOfRow = (int)(phases.TapCount * inputColumnStep - inputRowStep),
            WeightOfRow = (int)((packedTaps - phases.TapCount) * weights.TapQuads),
            InputOfBlock = (int)(rowPhase.TapCount * inputRowStep + tile.Depth * input.Channel),
            WeightOfBlock = (int)(weights.BlockQuads - rowPhase.TapCount * packedTaps * weights.TapQuads),
            InputStart = hasTaps ? (int)(firstRow * input.Row + firstColumn * input.Column) : 0,
            WeightStart = (int)weight,
            OutputStart = (int)(rowPhase.FirstOutput * output.Row + phases.FirstOutput * output.Column),
            PhaseCount = phases.Count,
            PhaseScale = IntrinsicMath.DivRoundUp(1 << TiledStore.PhaseShift, phases.Count),
            PhaseQuads = PhaseQuads(phases.Count),
            PhaseWeightStride = hasTaps && phases.Count > 1
                ? (int)(weights.QuadOf(rowPhase.FirstTap, phases.FirstTap + phases.TapStep) - weight)
                : 0,
            PhaseOutputStride = (int)(phases.OutputStep * output.Column),
        };
    }

    private long Tiles(AxisRun row, AxisRun column, PhaseRange phases)
    {
        long pixels = (long)problem.Batch * row.Length * column.Length;
        return (pixels + tile.Pixels - 1) / tile.Pixels * problem.Groups * ChannelTiles(phases.Count);
    }

    private long Slices(RunPhase row, PhaseRange columns) => (long)row.TapCount * columns.TapCount * weights.InputBlocks;

    private long Sum(Func<AxisRun, RunPhase, (AxisRun Run, PhaseRange Phases), long> term)
    {
        long sum = 0;
        foreach (AxisRun row in rows)
        {
            foreach (RunPhase phase in row.Phases)
            {
                foreach ((AxisRun, PhaseRange) column in columns)
                    sum += term(row, phase, column);
            }
        }

        return sum;
    }
}

/// <summary>
/// Phases of a run, <see cref="Count"/> of them, with <see cref="TapCount"/> taps each: from one to the next,
/// outputs and first taps are as far apart as between the first two.
/// </summary>
internal readonly record struct PhaseRange(
    int FirstOutput, int OutputStep, int FirstTap, int TapStep, int TapCount, int Count)
{
    public PhaseRange Part(int first, int count) => this with
    {
        FirstOutput = FirstOutput + first * OutputStep,
        FirstTap = FirstTap + first * TapStep,
        Count = count,
    };
}
