namespace Deconv.Kernels.Panel;

/// <summary>
/// A pair of a row run and a column run: pixels (sample, row, column) that all have the same taps.
/// A tile is some of the pixels, in that order; a unit is one row phase of one channel block; a
/// task is a part of the units of each of a part of the tiles.
/// </summary>
internal struct PanelRegion
{
    /// <summary>Number of the first of the region's tasks.</summary>
    public int FirstTask;

    /// <summary>Number past the last of the region's tasks.</summary>
    public int EndTask;

    /// <summary>Tiles of one group.</summary>
    public int Tiles;

    /// <summary>Tiles of each row of pixels; 0 where tiles go on from row to row and sample to sample.</summary>
    public int TilesOfRow;

    /// <summary>The most pixels of a tile.</summary>
    public int TileWidth;

    /// <summary>How many parts a group's tiles are shared out in.</summary>
    public int TileParts;

    /// <summary>How many parts a tile's units are shared out in.</summary>
    public int UnitParts;

    public int Rows;
    public int Columns;
    public int FirstInputRow;
    public int FirstInputColumn;
    public int RowTaps;
    public int ColumnTaps;

    /// <summary>
    /// Numbers of a row of the panel that all taps of a row of inputs share; 0 where each tap has lanes of its own.
    /// </summary>
    public int SharedRow;

    /// <summary>Where the row phases start in the table of phases.</summary>
    public int FirstRowPhase;

    public int RowPhases;

    /// <summary>Where the column phases start in the table of phases.</summary>
    public int FirstColumnPhase;

    public int ColumnPhases;

    /// <summary>Where the classes of the column phases start in the table of classes.</summary>
    public int FirstClass;

    public int Classes;
}

/// <summary>One phase of a run along an axis.</summary>
internal struct PanelPhase
{
    public int FirstOutput;

    /// <summary>The residue class of its taps.</summary>
    public int Residue;

    /// <summary>How many taps of the class come before the first that the run has.</summary>
    public int SkippedTaps;

    public int TapCount;

    /// <summary>All taps of the class.</summary>
    public int ClassTaps;

    /// <summary>Columns only: the row of sums that holds the first channel of a block.</summary>
    public int FirstSum;

    /// <summary>Columns only: from the sums of one channel to those of the next.</summary>
    public int SumStep;
}

/// <summary>
/// Column phases whose sums are computed together, since they have equally many taps: rows of sums
/// are (channel of the block, phase of the class), the phase running fastest.
/// </summary>
internal struct PanelClass
{
    /// <summary>Number of the class among those of the packed weight.</summary>
    public int Index;

    /// <summary>Number of phases.</summary>
    public int Phases;

    public int SkippedTaps;
    public int TapCount;
    public int ClassTaps;

    /// <summary>The class's first row of sums.</summary>
    public int FirstSum;
}
