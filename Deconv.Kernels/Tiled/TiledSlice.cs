namespace Deconv.Kernels.Tiled;

/// <summary>
/// Which slice of a tile's sums it is: a block of input channels at one tap. Columns of taps run
/// fastest, then rows, then blocks, so that inputs are read again soon.
/// </summary>
internal struct TiledSlice
{
    /// <summary>Taps left, this one among them, in the row and in the block.</summary>
    public int RowTaps;
    public int BlockTaps;

    /// <summary>Input channels left.</summary>
    public int Channels;

    /// <summary>Where the slice lies, from where a pixel's inputs and a channel's weights start.</summary>
    public int Input;
    public int Weight;

    public static TiledSlice First(TiledTile tile, int depth, TiledParams p)
    {
        int taps = tile.Task.RowTaps * tile.Task.ColumnTaps;
        int block = taps > 0 ? tile.FirstSlice / taps : 0;
        int tap = tile.FirstSlice - block * taps;
        int row = taps > 0 ? tap / tile.Task.ColumnTaps : 0;
        int column = tap - row * tile.Task.ColumnTaps;
        TiledSlice slice = default;
        slice.RowTaps = tile.Task.ColumnTaps - column;
        slice.BlockTaps = taps - tap;
        slice.Channels = p.GroupInputChannels - block * depth;
        slice.Input = block * depth * p.InputChannelStride
            + (tile.Task.RowTaps - row - 1) * p.Height.InputStep
            + (slice.RowTaps - 1) * p.Width.InputStep;
        slice.Weight = (row * tile.Task.PackedColumnTaps + column) * p.TapQuads
            + block * p.BlockQuads;
        return slice;
    }

    public static TiledSlice Next(TiledSlice slice, TiledTile tile, int depth, TiledParams p)
    {
        --slice.RowTaps;
        --slice.BlockTaps;
        slice.Input -= p.Width.InputStep;
        slice.Weight += p.TapQuads;
        if (slice.RowTaps == 0)
        {
            slice.RowTaps = tile.Task.ColumnTaps;
            slice.Input += tile.Task.InputOfRow;
            slice.Weight += tile.Task.WeightOfRow;
        }

        if (slice.BlockTaps == 0)
        {
            slice.BlockTaps = tile.Task.RowTaps * tile.Task.ColumnTaps;
            slice.Channels -= depth;
            slice.Input += tile.Task.InputOfBlock;
            slice.Weight += tile.Task.WeightOfBlock;
        }

        return slice;
    }
}
