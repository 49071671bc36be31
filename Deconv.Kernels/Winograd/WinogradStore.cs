using System.Numerics;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Simd;

namespace Deconv.Kernels.Winograd;

/// <summary>
/// Writes the sums of a channel block in one row phase, bias added: the columns of a block, all phases
/// taken together, are neighbours in memory.
/// </summary>
internal static unsafe class WinogradStore<TFormat, TStorage, TSum, TSimd, TVector>
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
{
    /// <summary>Asks for the lines of a unit's outputs early, since a store that misses the caches waits for its line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fetch(in WinogradMemory<TStorage, TSum> memory, in WinogradTile tile, in WinogradUnit unit, in WinogradParams p)
    {
        int firstChannel = unit.Group * p.GroupOutputChannels + unit.Block * RowBlock.Rows;
        TStorage* output = memory.Output + firstChannel * p.Output.Channel;
        for (int y = 0; y < p.Rows.BlockLength; ++y)
        {
            for (int i = 0; i < tile.PieceCount; ++i)
            {
                int length = OutputsOf(in tile.Pieces[i], unit.RowPhase, y, in p, out long offset);
                for (int channel = 0; channel < unit.Channels && length > 0; ++channel)
                    CacheLines.Fetch(output + offset + channel * p.Output.Channel, length);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void Run(in WinogradMemory<TStorage, TSum> memory, in WinogradTile tile, in WinogradUnit unit, in WinogradParams p)
    {
        int columns = p.Columns.BlockLength * p.Columns.Phases;
        Span<nint> rows = stackalloc nint[columns];
        int firstChannel = unit.Group * p.GroupOutputChannels + unit.Block * RowBlock.Rows;
        TSum* sums = memory.Sums;
        for (int channel = 0; channel < unit.Channels; ++channel)
        {
            TSum bias = p.ChannelsPerBias != 0 ? TFormat.Widen(memory.Bias[(firstChannel + channel) / p.ChannelsPerBias]) : default;
            TStorage* output = memory.Output + (firstChannel + channel) * p.Output.Channel;
            for (int y = 0; y < p.Rows.BlockLength; ++y)
            {
                for (int x = 0; x < columns; ++x)
                {
                    int place = TFormat.IsPlain
                        ? x
                        : SimdRounding<TFormat, TStorage, TSum, TSimd, TVector>.PlaceOf(x, columns, tile.Width);
                    rows[place] = unit.Row.Taps > 0 ? x * p.TileWidth : (nint)(memory.Zeros - sums);
                }

                StoreRow(in memory, in tile, unit.RowPhase, sums, rows, bias, output, y, in p);
                sums += (long)columns * p.TileWidth;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(
        in WinogradMemory<TStorage, TSum> memory,
        in WinogradTile tile,
        int rowPhase,
        TSum* sums,
        ReadOnlySpan<nint> rows,
        TSum bias,
        TStorage* output,
        int y,
        in WinogradParams p)
    {
        SimdRounding<TFormat, TStorage, TSum, TSimd, TVector> rounding = default;
        if (TFormat.IsPlain)
            SimdInterleave<TSimd, TVector, TSum>.Run(sums, rows, bias, memory.Line, tile.Width);
        else
            rounding = SimdRounding<TFormat, TStorage, TSum, TSimd, TVector>.Of(sums, rows, bias, memory.Line, tile.Width);
        for (int i = 0; i < tile.PieceCount; ++i)
        {
            int length = OutputsOf(in tile.Pieces[i], rowPhase, y, in p, out long offset);
            if (length <= 0)
                continue;
            int lane = tile.Pieces[i].Lane;
            if (TFormat.IsPlain)
            {
                SimdLanes<TSimd, TVector, TSum>.Copy(
                    memory.Line + lane * rows.Length, (TSum*)(output + offset), length);
            }
            else
            {
                rounding.Round(lane, output + offset, length);
            }
        }
    }

    /// <summary>The outputs of a piece in row y of its blocks, none where they are past the last, and where in a channel they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int OutputsOf(in WinogradPiece piece, int rowPhase, int y, in WinogradParams p, out long offset)
    {
        int columns = p.Columns.BlockLength * p.Columns.Phases;
        long oh = rowPhase + ((long)piece.Row * p.Rows.BlockLength + y) * p.Rows.Stride;
        int ow = piece.Column * columns;
        offset = piece.Sample * p.Output.Outermost + oh * p.Output.Row + ow;
        return oh < p.Rows.OutputLength ? Math.Min(piece.Length * columns, p.Columns.OutputLength - ow) : 0;
    }
}
