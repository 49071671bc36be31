using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Simd;

namespace Deconv.Kernels.Panel.Simd;

/// <summary>
/// <see cref="IPanelMicroKernel.Pack"/> of pixels that are neighbours in memory and have to be converted: what
/// taps and pixels share is made one line of numbers, as far as the line is long enough, and copied from there.
/// </summary>
internal static unsafe class SimdWidenedPack<TFormat, TStorage, TSum, TSimd, TVector>
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
{
    /// <summary>A piece of a tile, and how far its first input is from that of the sample's first piece.</summary>
    private readonly record struct Piece(int Lane, int Length, nint Offset);

    /// <summary>Pieces in one sample, from a pixel on, and the taps that are packed of them.</summary>
    private ref struct Block
    {
        public ReadOnlySpan<Piece> Pieces;
        public int RowTaps;
        public int ColumnTaps;

        /// <summary>Input of the first pixel and of the first of these taps, first channel.</summary>
        public TStorage* Source;

        /// <summary>Where the panel begins for the first of these taps.</summary>
        public TSum* Target;

        public readonly nint Before(in PackWork work) =>
            (nint)((RowTaps - 1) * work.RowStep + (ColumnTaps - 1) * work.ColumnStep);

        public readonly nint Length => Pieces[^1].Offset + Pieces[^1].Length - Pieces[0].Offset;

        /// <summary>Whether half of one line would be inputs between the rows, which no tap reads.</summary>
        public readonly bool HasGaps(in PackWork work) =>
            Pieces.Length == 1 && RowTaps > 1 && work.RowStep >= 2 * (Length + (ColumnTaps - 1) * work.ColumnStep);

        /// <summary>Whether inputs lie as the lanes do.</summary>
        public readonly bool IsPanel =>
            RowTaps * ColumnTaps == 1 && Length == Pieces[^1].Lane + Pieces[^1].Length - Pieces[0].Lane;
    }

    [SkipLocalsInit]
    public static void Run(in SimdMemory<TStorage, TSum> memory, in PackWork work)
    {
        if (work.SharedRow > 0)
        {
            WidenSharedRows(in memory, in work);
            return;
        }

        Span<Piece> pieces = stackalloc Piece[work.Tile.Count];
        for (PanelTile piece = work.Tile; piece.PieceLength > 0;)
        {
            PanelTile first = piece;
            int count = 0;
            while (piece.PieceLength > 0 && piece.Sample == first.Sample)
            {
                var offset = (nint)((piece.Row - first.Row) * work.Strides.Row + piece.Column - first.Column);
                pieces[count++] = new(piece.Lane, piece.PieceLength, offset);
                piece.MoveToNextPiece();
            }

            var block = new Block
            {
                Pieces = pieces[..count],
                RowTaps = work.RowTaps,
                ColumnTaps = work.ColumnTaps,
                Source = memory.Input + work.First
                    + first.Sample * work.Strides.Sample
                    + first.Row * work.Strides.Row
                    + first.Column,
                Target = memory.Panel,
            };
            Pack(in memory, in block, in work);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WidenSharedRows(in SimdMemory<TStorage, TSum> memory, in PackWork work)
    {
        TStorage* source = memory.Input + work.FirstShared;
        TSum* target = memory.Panel;
        for (int row = 0; row < work.RowTaps; ++row)
        {
            TFormat.Widen(source, target, work.SharedBefore + work.Tile.Count);
            source -= work.RowStep;
            target += work.SharedRow;
        }
    }

    /// <summary>Packs a block as one line if it is not too long, else its pieces, its rows or its columns.</summary>
    private static void Pack(in SimdMemory<TStorage, TSum> memory, in Block block, in PackWork work)
    {
        nint tapStride = (nint)work.Channels * work.Width;
        if (block.IsPanel)
        {
            WidenToPanel(in block, in work);
        }
        else if (block.Before(in work) + block.Length + TSimd.Count <= memory.LineLength / 2 && !block.HasGaps(in work))
        {
            if (block.Pieces.Length * block.RowTaps == 1)
                WidenRow(in memory, in block, in work);
            else
                WidenRows(in memory, in block, in work);
        }
        else if (block.Pieces.Length > 1)
        {
            for (int i = 0; i < block.Pieces.Length; ++i)
            {
                Block piece = block;
                piece.Pieces = block.Pieces.Slice(i, 1);
                piece.Source += block.Pieces[i].Offset - block.Pieces[0].Offset;
                Pack(in memory, in piece, in work);
            }
        }
        else if (block.RowTaps > 1)
        {
            Block row = block;
            row.RowTaps = 1;
            for (int i = 0; i < block.RowTaps; ++i)
            {
                Pack(in memory, in row, in work);
                row.Source -= work.RowStep;
                row.Target += block.ColumnTaps * tapStride;
            }
        }
        else
        {
            Block column = block;
            column.ColumnTaps = 1;
            for (int i = 0; i < block.ColumnTaps; ++i)
            {
                Pack(in memory, in column, in work);
                column.Source -= work.ColumnStep;
                column.Target += tapStride;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WidenToPanel(in Block block, in PackWork work)
    {
        var length = (int)block.Length;
        TStorage* source = block.Source;
        TSum* target = block.Target + block.Pieces[0].Lane;
        for (int channel = 0; channel < work.Channels; ++channel)
        {
            TFormat.Widen(source, target, length);
            source += work.Strides.Channel;
            target += work.Width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WidenRows(in SimdMemory<TStorage, TSum> memory, in Block block, in PackWork work)
    {
        nint before = block.Before(in work);
        var length = (int)(before + block.Length);
        int channels = work.Channels;
        TStorage* source = block.Source - before;
        TSum* target = block.Target;
        TSum* line = memory.Line;
        TSum* otherLine = memory.Line + memory.LineLength / 2;
        TFormat.Widen(source, line, length);
        for (int channel = 1; channel <= channels; ++channel)
        {
            // The hardware does not see the next tile's inputs coming where those of several rows are read in between.
            if (Sse.IsSupported)
                Sse.Prefetch1(source + before + work.Tile.Count);

            // A line ahead, so that what is written in parts has reached the cache when it is read across them.
            source += work.Strides.Channel;
            if (channel < channels)
                TFormat.Widen(source, otherLine, length);
            CopyTaps(line + before, target, in block, in work);
            TSum* copied = line;
            line = otherLine;
            otherLine = copied;
            target += work.Width;
        }
    }

    /// <summary>One piece at the taps of one row, as most pieces of wide inputs come.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WidenRow(in SimdMemory<TStorage, TSum> memory, in Block block, in PackWork work)
    {
        var before = (int)block.Before(in work);
        Piece piece = block.Pieces[0];
        (int channels, int columnTaps) = (work.Channels, block.ColumnTaps);
        (int length, int width) = (piece.Length, work.Width);
        bool mayOverrun = MayOverrun(piece, width);
        var columnStep = (nint)work.ColumnStep;
        var sourceStride = (nint)work.Strides.Channel;
        nint tapStride = (nint)channels * width;
        nint next = before + work.Tile.Count;
        TStorage* source = block.Source - before;
        TSum* target = block.Target + piece.Lane;
        TSum* line = memory.Line;
        TSum* otherLine = memory.Line + memory.LineLength / 2;
        TFormat.Widen(source, line, before + length);
        for (int channel = 1; channel <= channels; ++channel)
        {
            if (Sse.IsSupported)
                Sse.Prefetch1(source + next);
            source += sourceStride;
            if (channel < channels)
                TFormat.Widen(source, otherLine, before + length);
            CopyColumns(line + before, columnStep, target, tapStride, columnTaps, length, mayOverrun);
            TSum* copied = line;
            line = otherLine;
            otherLine = copied;
            target += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyTaps(TSum* line, TSum* panel, in Block block, in PackWork work)
    {
        nint tapStride = (nint)work.Channels * work.Width;
        var columnStep = (nint)work.ColumnStep;
        nint firstOffset = block.Pieces[0].Offset;
        foreach (Piece piece in block.Pieces)
        {
            bool mayOverrun = MayOverrun(piece, work.Width);
            TSum* row = line + (piece.Offset - firstOffset);
            TSum* lanes = panel + piece.Lane;
            for (int i = block.RowTaps; i > 0; --i)
            {
                CopyColumns(row, columnStep, lanes, tapStride, block.ColumnTaps, piece.Length, mayOverrun);
                lanes += block.ColumnTaps * tapStride;
                row -= work.RowStep;
            }
        }
    }

    /// <summary>Whether what vectors overrun in the panel is lanes of the pieces to come.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool MayOverrun(Piece piece, int width) =>
        piece.Lane + SimdLanes<TSimd, TVector, TSum>.WidthOf(piece.Length) <= width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyColumns(
        TSum* tap, nint columnStep, TSum* lanes, nint tapStride, int columnTaps, int length, bool mayOverrun)
    {
        for (int i = columnTaps; i > 0; --i)
        {
            if (mayOverrun)
                SimdLanes<TSimd, TVector, TSum>.CopyOver(tap, lanes, length);
            else
                SimdLanes<TSimd, TVector, TSum>.Copy(tap, lanes, length);
            lanes += tapStride;
            tap -= columnStep;
        }
    }
}
