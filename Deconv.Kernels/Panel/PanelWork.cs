using System.Runtime.CompilerServices;

namespace Deconv.Kernels.Panel;

/// <summary>What <see cref="IPanelMicroKernel.Pack"/> copies.</summary>
internal struct PackWork
{
    public PanelTile Tile;
    public int Width;
    public int RowTaps;
    public int ColumnTaps;
    public int Channels;

    /// <inheritdoc cref="PanelRegion.SharedRow"/>
    public int SharedRow;

    /// <summary>Input of sample 0, row 0, column 0 of the region, first taps, first channel.</summary>
    public long First;

    public PanelStrides Strides;

    /// <summary>From the input of a tap back to that of the next.</summary>
    public long RowStep;

    public long ColumnStep;

    /// <summary>Inputs of a shared row before those of the first tap.</summary>
    public readonly int SharedBefore => (ColumnTaps - 1) * (int)ColumnStep;

    /// <summary>The first input of the first shared row of a tile in one row, whose columns are neighbours in memory.</summary>
    public readonly long FirstShared =>
        First + Tile.Sample * Strides.Sample + Tile.Row * Strides.Row + Tile.Column - SharedBefore;
}

/// <summary>What <see cref="IPanelMicroKernel.Multiply"/> sums up.</summary>
internal struct MultiplyWork
{
    /// <summary>The first weight.</summary>
    public long First;

    /// <summary>The panel's first element.</summary>
    public int FirstPanel;

    /// <summary>The first row of sums.</summary>
    public int FirstSum;

    public int Width;

    /// <summary>Rows of sums; computed in blocks, the last of which may be filled up.</summary>
    public int Rows;

    /// <summary>Products of a sum: <see cref="Runs"/> times <see cref="RunLength"/>.</summary>
    public int Runs;

    public int RunLength;

    /// <summary>From the weights of one run to those of the next.</summary>
    public int WeightRunStride;

    /// <summary>From the panel's elements of one product to those of the next.</summary>
    public int PanelStep;

    /// <summary>From the panel's elements of one run to those of the next.</summary>
    public int PanelRunStride;

    /// <summary>From the weights of one block of rows to those of the next.</summary>
    public int WeightBlockStride;
}

/// <summary>What <see cref="IPanelMicroKernel.Store"/> writes.</summary>
internal struct StoreWork
{
    public PanelTile Tile;
    public int Width;

    /// <summary>The first output channel, and how many.</summary>
    public int FirstChannel;

    public int Channels;

    /// <summary>Output of sample 0, first row, column coordinate 0, first channel.</summary>
    public long First;

    public PanelStrides Strides;

    /// <summary>Distance in memory between the rows of neighbouring pixels.</summary>
    public long RowStride;

    /// <summary>Distance in coordinates between the columns of neighbouring pixels.</summary>
    public int ColumnStride;

    public int FirstColumnPhase;
    public int ColumnPhases;

    /// <summary>Neighbouring output channels that share an element of the bias; 0 without a bias.</summary>
    public int ChannelsPerBias;

    /// <summary>Whether the row phase has taps.</summary>
    public int HasSums;

    /// <summary>Where the sums have a row of zeros, for phases without taps.</summary>
    public long ZeroSums;

    /// <summary>Where the sums of a channel of the block, in a column phase, are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly long SumsOf(PanelPhase phase, int channel) =>
        HasSums != 0 && phase.TapCount > 0
            ? (long)(phase.FirstSum + channel * phase.SumStep) * Width
            : ZeroSums;

    /// <summary>From the first channel's first phase at coordinate 0 to that of a piece's first pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly long OffsetOf(PanelTile piece) =>
        piece.Sample * Strides.Sample + piece.Row * RowStride + (long)piece.Column * ColumnStride * Strides.Column;
}
