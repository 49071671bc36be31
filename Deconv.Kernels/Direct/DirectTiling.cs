using System.Collections.Immutable;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Regions;
using ILGPU;

namespace Deconv.Kernels.Direct;

/// <summary>A problem cut into tasks, those into blocks of units, and those into tiles.</summary>
internal sealed class DirectTiling
{
    private readonly KernelProblem problem;
    private readonly List<Piece> pieces;

    /// <summary>Channels that lie side by side in the output, and those that do not.</summary>
    private readonly int innerChannels;
    private readonly int outerChannels;

    /// <param name="problem">What is cut.</param>
    /// <param name="mostUnits">The most that a block may have; that of each task has no more than it needs.</param>
    public DirectTiling(KernelProblem problem, int mostUnits)
    {
        this.problem = problem;
        MostUnits = mostUnits;
        innerChannels = problem.Layout == TensorLayout.ChannelsLast ? problem.Weight.GroupOutputChannels : 1;
        outerChannels = problem.Weight.GroupOutputChannels / innerChannels;
        ImmutableArray<AxisRun> columnRuns = AxisRuns.Of(problem.Width);
        pieces =
        [
            .. from rows in AxisRuns.Of(problem.Height)
               from rowPhases in rows.Phases.GroupBy(phase => phase.TapCount)
               from columns in columnRuns
               from columnPhases in columns.Phases.GroupBy(phase => phase.TapCount)
               orderby (long)rowPhases.Key * columnPhases.Key descending
               from piece in Cut(new(rows, columns, [.. rowPhases], [.. columnPhases], 0, 0))
               select piece,
        ];
    }

    public int MostUnits { get; }

    /// <summary>Units of the task that has most.</summary>
    public long LargestUnits => pieces.Max(piece => (long)LinesOf(piece) * piece.PlaceCount);

    /// <summary>Slices of the longest sum.</summary>
    public long LongestSum => pieces.Max(SlicesOf);

    /// <summary>Pixels of the task that has most.</summary>
    public long MaxPixels => pieces.Max(PixelsOf);

    public long TileCount(int tilePixels) => pieces.Sum(piece => TilesOf(piece, tilePixels));

    /// <summary>Products that are computed, those of units that fill up a quad among them.</summary>
    public double ProductCount => pieces.Sum(piece =>
        (double)PixelsOf(piece) * problem.Groups * SlicesOf(piece) * BlocksOf(piece) * ((UnitsOfBlock(piece) + 3) / 4 * 4));

    /// <summary>Elements of the input that are read, from cache all but once.</summary>
    public double ReadCount => pieces.Sum(piece =>
        (double)PixelsOf(piece) * problem.InputChannels * piece.RowTaps * piece.ColumnTaps * BlocksOf(piece));

    /// <summary>The tasks in the order of their tiles, and their units, blocks filled up with the last one.</summary>
    public (DirectTask[] Tasks, DirectUnit[] Units) Tables(int groupSize)
    {
        var tasks = new List<DirectTask>();
        var units = new List<DirectUnit>();
        int firstTile = 0;
        foreach (Piece piece in pieces)
        {
            tasks.Add(TaskOf(piece, groupSize) with { FirstTile = firstTile, FirstUnit = units.Count });
            firstTile += (int)TilesOf(piece, DirectKernel.ItemPixels * groupSize);
            int last = LinesOf(piece) * piece.PlaceCount - 1;
            for (int block = 0; block < BlocksOf(piece); ++block)
            {
                int first = block * UnitsOfBlock(piece);
                for (int unit = 0; unit < MostUnits; ++unit)
                    units.Add(UnitOf(piece, Math.Min(first + unit, last)));
            }
        }

        return ([.. tasks], [.. units]);
    }

    /// <summary>
    /// Cuts what lies side by side in the output into parts that a block can hold: column phases or, where
    /// channels come last, their channels too.
    /// </summary>
    private IEnumerable<Piece> Cut(Piece whole)
    {
        int places = whole.ColumnPhases.Length * innerChannels;
        for (int first = 0; first < places; first += MostUnits)
            yield return whole with { FirstPlace = first, PlaceCount = Math.Min(MostUnits, places - first) };
    }

    /// <summary>A unit with a number: places run fastest, then row phases, then channels that are not places.</summary>
    private DirectUnit UnitOf(Piece piece, int number)
    {
        TensorStrides weight = problem.Weight.Strides;
        TensorStrides output = problem.OutputStrides;
        (int line, int place) = int.DivRem(number, piece.PlaceCount);
        (int outerChannel, int row) = int.DivRem(line, piece.RowPhases.Length);
        (int column, int innerChannel) = int.DivRem(piece.FirstPlace + place, innerChannels);
        int channel = outerChannel + innerChannel;
        (RunPhase rowPhase, RunPhase columnPhase) = (piece.RowPhases[row], piece.ColumnPhases[column]);
        return new()
        {
            WeightStart = (int)(channel * weight.Channel
                + rowPhase.FirstTap * weight.Row
                + columnPhase.FirstTap * weight.Column),
            OutputStart = (int)(channel * output.Channel
                + rowPhase.FirstOutput * output.Row
                + columnPhase.FirstOutput * output.Column),
            Channel = channel,
        };
    }

    private DirectTask TaskOf(Piece piece, int groupSize)
    {
        TensorStrides input = problem.InputStrides;
        long firstRow = piece.Rows.FirstInput - (piece.RowTaps - 1L) * problem.Height.InputStep;
        long firstColumn = piece.Columns.FirstInput - (piece.ColumnTaps - 1L) * problem.Width.InputStep;
        bool hasTaps = SlicesOf(piece) > 0;
        int blocks = BlocksOf(piece);
        return new()
        {
            RowSteps = piece.Rows.Length,
            ColumnSteps = piece.Columns.Length,
            ByRowSteps = Divisor.Of(piece.Rows.Length),
            ByColumnSteps = Divisor.Of(piece.Columns.Length),
            SliceCount = (int)SlicesOf(piece),
            RowTaps = piece.RowTaps,
            ColumnTaps = piece.ColumnTaps,
            ByTaps = Divisor.Of(Math.Max(piece.RowTaps * piece.ColumnTaps, 1)),
            ByColumnTaps = Divisor.Of(Math.Max(piece.ColumnTaps, 1)),
            InputStart = hasTaps ? (int)(firstRow * input.Row + firstColumn * input.Column) : 0,
            Blocks = blocks,
            BlockLines = LinesOfBlock(piece),
            Lines = LinesOf(piece),
            ByBlocks = Divisor.Of(blocks),
            ByBlocksOfGroups = Divisor.Of(blocks * problem.Groups),
            LineUnits = piece.PlaceCount,
            ByLineUnits = Divisor.Of(piece.PlaceCount),
            Pitch = DirectKernels.PartPixelsOf(MostUnits) * groupSize + 32 / piece.PlaceCount,
        };
    }

    private int BlocksOf(Piece piece) => IntrinsicMath.DivRoundUp(LinesOf(piece), MostUnits / piece.PlaceCount);

    /// <summary>Lines of a block, of all about as many.</summary>
    private int LinesOfBlock(Piece piece) => IntrinsicMath.DivRoundUp(LinesOf(piece), BlocksOf(piece));

    private int UnitsOfBlock(Piece piece) => LinesOfBlock(piece) * piece.PlaceCount;

    private long SlicesOf(Piece piece) => (long)piece.RowTaps * piece.ColumnTaps * problem.Weight.GroupInputChannels;

    private long PixelsOf(Piece piece) => (long)problem.Batch * piece.Rows.Length * piece.Columns.Length;

    private long TilesOf(Piece piece, int tilePixels) =>
        IntrinsicMath.DivRoundUp(PixelsOf(piece), (long)tilePixels) * problem.Groups * BlocksOf(piece);

    private int LinesOf(Piece piece) => piece.RowPhases.Length * outerChannels;

    /// <summary>What becomes a task: phases of as many taps, and of what their lines have some places.</summary>
    private sealed record Piece(
        AxisRun Rows, AxisRun Columns, RunPhase[] RowPhases, RunPhase[] ColumnPhases, int FirstPlace, int PlaceCount)
    {
        public int RowTaps => RowPhases[0].TapCount;

        public int ColumnTaps => ColumnPhases[0].TapCount;
    }
}
