using System.Runtime.CompilerServices;

namespace Deconv.Kernels.Winograd;

/// <summary>
/// Consecutive blocks in the order sample, row, column: the lanes of a panel, in pieces that lie in
/// one row of blocks each.
/// </summary>
internal unsafe struct WinogradTile
{
    public WinogradPiece* Pieces;
    public int PieceCount;
    public int Count;

    /// <summary>Lanes, whole vectors.</summary>
    public int Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WinogradTile At(int index, int lanesOfVector, WinogradPiece* pieces, in WinogradParams p)
    {
        long first = (long)index * p.TileWidth;
        long line = first / p.Columns.Blocks;
        int column = (int)(first - line * p.Columns.Blocks);
        long sample = line / p.Rows.Blocks;
        int row = (int)(line - sample * p.Rows.Blocks);
        int count = (int)Math.Min((long)p.Batch * p.Rows.Blocks * p.Columns.Blocks - first, p.TileWidth);
        var tile = new WinogradTile
        {
            Pieces = pieces,
            Count = count,
            Width = (count + lanesOfVector - 1) / lanesOfVector * lanesOfVector,
        };
        for (int lane = 0; lane < count;)
        {
            int length = Math.Min(p.Columns.Blocks - column, count - lane);
            pieces[tile.PieceCount++] = new() { Sample = sample, Row = row, Column = column, Lane = lane, Length = length };
            lane += length;
            column = 0;
            if (++row == p.Rows.Blocks)
            {
                row = 0;
                ++sample;
            }
        }

        return tile;
    }
}

/// <summary>Neighbouring blocks of one row.</summary>
internal struct WinogradPiece
{
    public long Sample;
    public int Row;
    public int Column;

    /// <summary>The lane of the first block.</summary>
    public int Lane;

    public int Length;
}

/// <summary>An input, and where in a patch it goes.</summary>
internal struct WinogradCopy
{
    /// <summary>Offset from the first input of the channel.</summary>
    public long Source;

    public long Target;
}
