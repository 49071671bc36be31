using System.Runtime.CompilerServices;

namespace Deconv.Kernels.Panel;

/// <summary>
/// Consecutive pixels of a region, in the order sample, row, column. Its lanes come in pieces that
/// lie in one row each; <see cref="MoveToNextPiece"/> goes from one to the next, in place, since a copy of what
/// was just written field by field waits for it.
/// </summary>
internal struct PanelTile
{
    /// <summary>Extents of the region.</summary>
    public int Rows;

    public int Columns;

    /// <summary>Number of pixels.</summary>
    public int Count;

    /// <summary>Sample, row and column of the piece at hand, and its first lane.</summary>
    public long Sample;

    public int Row;
    public int Column;
    public int Lane;

    /// <summary>Pixels of the piece at hand; 0 behind the last.</summary>
    public int PieceLength;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PanelTile At(long firstPixel, int count, int rows, int columns)
    {
        long line = firstPixel / columns;
        long sample = line / rows;
        int column = (int)(firstPixel - line * columns);
        return new()
        {
            Rows = rows,
            Columns = columns,
            Count = count,
            Sample = sample,
            Row = (int)(line - sample * rows),
            Column = column,
            PieceLength = Math.Min(columns - column, count),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MoveToNextPiece()
    {
        Lane += PieceLength;
        Column = 0;
        ++Row;
        if (Row == Rows)
        {
            Row = 0;
            ++Sample;
        }

        PieceLength = Math.Min(Columns, Count - Lane);
    }
}
