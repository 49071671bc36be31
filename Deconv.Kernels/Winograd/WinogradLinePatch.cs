using System.Numerics;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Simd;

namespace Deconv.Kernels.Winograd;

/// <summary>
/// Fills patches of wide inputs: rows are copied to lines with zeros around them, whose even and odd
/// elements are then taken apart where a block has two columns.
/// </summary>
internal static unsafe class WinogradLinePatch<TFormat, TStorage, TSum, TSimd, TVector>
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
{
    /// <summary>In shorter rows of blocks, vectors are mostly empty.</summary>
    public const int MinBlocks = 7;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(
        in WinogradMemory<TStorage, TSum> memory, in WinogradTile tile, in WinogradPhase row, TStorage* source, TSum* patch, in WinogradParams p)
    {
        int stride = WinogradPatch.StrideOf(p.TileWidth);
        for (int i = 0; i < tile.PieceCount; ++i)
        {
            WinogradPiece piece = tile.Pieces[i];
            int lanes = SimdLanes<TSimd, TVector, TSum>.WidthOf(piece.Length);
            int firstColumn = p.FirstPatchColumn + piece.Column * p.Columns.BlockLength;
            int columns = (lanes + 1) * p.Columns.BlockLength + p.PatchColumns;
            int begin = Math.Min(Math.Max(-firstColumn, 0), columns);
            int end = Math.Max(Math.Min(p.Columns.InputLength - firstColumn, columns), begin);
            int firstRow = row.FirstInput + piece.Row * p.Rows.BlockLength;
            TStorage* sample = source + piece.Sample * p.Input.Outermost + firstColumn;
            TSum* line = memory.Line;
            int lineStride = columns + 2 * TSimd.Count;
            for (int y = 0; y < row.Positions; ++y)
            {
                bool isInside = (uint)(firstRow + y) < (uint)p.Rows.InputLength;
                TStorage* inputs = sample + (firstRow + y) * p.Input.Row;
                if (p.FetchesAhead != 0 && isInside)
                    CacheLines.Fetch(inputs + p.Input.Channel + begin, end - begin);
                FillLine(inputs, line, isInside ? begin : columns, isInside ? end : columns, columns);
                line += lineStride;
            }

            line = memory.Line;
            for (int y = 0; y < row.Positions; ++y)
            {
                TSum* target = patch + (long)y * p.PatchColumns * stride + piece.Lane;
                if (p.Columns.BlockLength == 2)
                    Unzip(line, target, lanes, p.PatchColumns, stride);
                else
                    Shift(line, target, lanes, p.PatchColumns, stride);
                line += lineStride;
            }
        }
    }

    /// <summary>Zeros up to <paramref name="begin"/>, then inputs up to <paramref name="end"/>, then zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FillLine(TStorage* source, TSum* line, int begin, int end, int columns)
    {
        for (int x = 0; x < begin; ++x)
            line[x] = default;
        if (TFormat.IsPlain)
            SimdLanes<TSimd, TVector, TSum>.Copy((TSum*)source + begin, line + begin, end - begin);
        else
            TFormat.Widen(source + begin, line + begin, end - begin);
        for (int x = end; x < columns; x += TSimd.Count)
            TSimd.Store(default, line + x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Unzip(TSum* line, TSum* target, int lanes, int columns, int stride)
    {
        for (int x = 0; x < columns; x += 2)
        {
            for (int lane = 0; lane < lanes; lane += TSimd.Count)
            {
                TVector left = TSimd.Load(line + x + 2 * lane);
                TVector right = TSimd.Load(line + x + 2 * lane + TSimd.Count);
                TSimd.Store(TSimd.UnzipEven(left, right), target + lane);
                if (x + 1 < columns)
                    TSimd.Store(TSimd.UnzipOdd(left, right), target + stride + lane);
            }

            target += 2 * stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Shift(TSum* line, TSum* target, int lanes, int columns, int stride)
    {
        for (int x = 0; x < columns; ++x)
        {
            SimdLanes<TSimd, TVector, TSum>.CopyOver(line + x, target, lanes);
            target += stride;
        }
    }
}
