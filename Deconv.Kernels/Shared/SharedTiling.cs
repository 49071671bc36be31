using System.Collections.Immutable;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Regions;
using ILGPU;

namespace Deconv.Kernels.Shared;

/// <summary>A problem cut into regions, and the regions' phases into tiles.</summary>
internal sealed class SharedTiling
{
    private readonly KernelProblem problem;
    private readonly ImmutableArray<AxisRun> rows;
    private readonly ImmutableArray<AxisRun> columns;

    public SharedTiling(KernelProblem problem)
    {
        this.problem = problem;
        rows = AxisRuns.Of(problem.Height);
        columns = AxisRuns.Of(problem.Width);
    }

    public long RegionCount => (long)rows.Length * columns.Length;

    /// <summary>Pixels of the largest region, in each of its phases.</summary>
    public long MaxPixels => Pixels(rows.MaxBy(Length)!, columns.MaxBy(Length)!);

    public long TileCount => rows.Sum(row => columns.Sum(column => Tiles(row, column)));

    /// <summary>
    /// Products that work items compute, those of pixels and channels past the last one among them.
    /// </summary>
    public double ProductCount => rows.Sum(row => columns.Sum(column => Products(row, column)));

    /// <summary>Slices of the tile that has most.</summary>
    public long LongestSum => (long)rows.Max(Taps) * columns.Max(Taps) * InputBlocks;

    /// <summary>Tiles that the output channels of a group take.</summary>
    public int GroupTiles =>
        (int)IntrinsicMath.DivRoundUp((long)problem.Weight.GroupOutputChannels, SharedKernel.TileChannels);

    /// <summary>Steps that the input channels of a group take, for each tap.</summary>
    public int InputBlocks =>
        (int)IntrinsicMath.DivRoundUp((long)problem.Weight.GroupInputChannels, SharedKernel.Depth);

    /// <summary>
    /// The regions in the order of their tiles, for at most 2^31 - 1 tiles. Those with the longest
    /// sums come first, so that the groups which start last are soon done.
    /// </summary>
    public SharedRegion[] Regions()
    {
        SharedSpan[] rowSpans = Spans(rows, firstPhase: 0);
        SharedSpan[] columnSpans = Spans(columns, rows.Sum(row => row.Phases.Length));
        IEnumerable<(int Row, int Column)> order =
            from row in Enumerable.Range(0, rows.Length)
            from column in Enumerable.Range(0, columns.Length)
            orderby (long)rows[row].Taps * columns[column].Taps descending
            select (row, column);

        var regions = new List<SharedRegion>();
        int firstTile = 0;
        foreach ((int row, int column) in order)
        {
            regions.Add(new() { FirstTile = firstTile, Rows = rowSpans[row], Columns = columnSpans[column] });
            firstTile += (int)Tiles(rows[row], columns[column]);
        }

        return [.. regions];
    }

    /// <summary>The phases of all row runs, then those of all column runs.</summary>
    public RunPhase[] Phases() => [.. from run in rows.Concat(columns) from phase in run.Phases select phase];

    private static SharedSpan[] Spans(ImmutableArray<AxisRun> runs, int firstPhase)
    {
        var spans = new SharedSpan[runs.Length];
        for (int i = 0; i < spans.Length; ++i)
        {
            AxisRun run = runs[i];
            spans[i] = new()
            {
                Length = run.Length,
                FirstInput = run.FirstInput,
                FirstPhase = firstPhase,
                PhaseCount = run.Phases.Length,
            };
            firstPhase += run.Phases.Length;
        }

        return spans;
    }

    private long Tiles(AxisRun row, AxisRun column) =>
        PixelTiles(row, column) * row.Phases.Length * column.Phases.Length * problem.Groups * GroupTiles;

    private double Products(AxisRun row, AxisRun column)
    {
        int groupCo = problem.OutputChannels / problem.Groups;
        double channels = (double)IntrinsicMath.DivRoundUp((long)groupCo, SharedKernel.ItemChannels) * SharedKernel.ItemChannels;
        return (double)PixelTiles(row, column) * SharedKernel.TilePixels
            * row.Phases.Sum(phase => (long)phase.TapCount)
            * column.Phases.Sum(phase => (long)phase.TapCount)
            * problem.InputChannels * channels;
    }

    private long PixelTiles(AxisRun row, AxisRun column) =>
        (Pixels(row, column) + SharedKernel.TilePixels - 1) / SharedKernel.TilePixels;

    private long Pixels(AxisRun row, AxisRun column) => (long)problem.Batch * row.Length * column.Length;

    private static int Length(AxisRun run) => run.Length;

    private static int Taps(AxisRun run) => run.Taps;
}
