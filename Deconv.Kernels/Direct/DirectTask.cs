namespace Deconv.Kernels.Direct;

/// <summary>
/// Outputs that take the same taps of the same inputs: those of a row run and a column run, in the phases
/// of either that have as many taps. The phases' channels are units, the steps of both runs in all
/// samples pixels; a unit of a pixel is an output.
/// </summary>
internal struct DirectTask
{
    /// <summary>Number of the task's first tile; those of a task follow each other.</summary>
    public int FirstTile;

    /// <summary>Steps along each run.</summary>
    public int RowSteps;
    public int ColumnSteps;
    public Divisor ByRowSteps;
    public Divisor ByColumnSteps;

    /// <summary>Products of a sum.</summary>
    public int SliceCount;

    public int RowTaps;
    public int ColumnTaps;
    public Divisor ByTaps;
    public Divisor ByColumnTaps;

    /// <summary>In a sample, the input of the last taps at the first steps.</summary>
    public int InputStart;

    /// <summary>Number of the task's first unit; those of a block follow each other, and blocks too.</summary>
    public int FirstUnit;

    /// <summary>Blocks of units, each of so many lines, the last of what is left of them.</summary>
    public int Blocks;
    public int BlockLines;
    public int Lines;
    public Divisor ByBlocks;
    public Divisor ByBlocksOfGroups;

    /// <summary>Units of a line, which are neighbours in the output wherever the call allows.</summary>
    public int LineUnits;
    public Divisor ByLineUnits;

    /// <summary>
    /// Numbers between a unit's pixels and the next unit's, on their way to the output through shared memory:
    /// what a group reads at once should lie in banks of its own.
    /// </summary>
    public int Pitch;
}

/// <summary>An output channel of a row phase and a column phase; all of it counted within a group.</summary>
internal struct DirectUnit
{
    /// <summary>Where the weight of the first taps lies, in the first input channel.</summary>
    public int WeightStart;

    /// <summary>Where the output of the first steps lies, in the first sample.</summary>
    public int OutputStart;

    public int Channel;
}
