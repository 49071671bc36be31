namespace Deconv.Kernels.Tiled;

/// <summary>
/// Outputs that take the same taps of the same inputs: those of a row run and a column run, in one phase
/// of the former and neighbouring ones of the latter. The phases' channels, in whole quads, are the
/// rows of a product, the steps of both runs in all samples its pixels.
/// </summary>
internal struct TiledTask
{
    /// <summary>Number of the task's first tile; those of a task follow each other.</summary>
    public int FirstTile;

    /// <summary>Steps along each run.</summary>
    public int RowSteps;
    public int ColumnSteps;

    /// <summary>Tiles that the channels of a group take.</summary>
    public int ChannelTiles;

    public int RowTaps;
    public int ColumnTaps;

    /// <summary>Column taps that the packed weight holds, of which the task may use only some.</summary>
    public int PackedColumnTaps;

    /// <summary>
    /// What is added at the end of a row of taps, so that input and weight are those of the next row, and
    /// at the end of the last row, so that they are those of the next block of input channels.
    /// </summary>
    public int InputOfRow;
    public int WeightOfRow;
    public int InputOfBlock;
    public int WeightOfBlock;

    /// <summary>In a sample, the input of the last taps at the first steps.</summary>
    public int InputStart;

    /// <summary>In a group, the quad of the first taps in the first phase.</summary>
    public int WeightStart;

    /// <summary>In a sample, the output of the first steps in the first phase.</summary>
    public int OutputStart;

    public int PhaseCount;

    /// <summary>2^18 over the number of phases, rounded up: multiply and shift, to divide by it.</summary>
    public int PhaseScale;

    /// <summary>Quads of channels that a tile takes of each phase.</summary>
    public int PhaseQuads;

    /// <summary>From one phase to the next: quads of the packed weight, elements of the output.</summary>
    public int PhaseWeightStride;
    public int PhaseOutputStride;
}
