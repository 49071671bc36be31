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
                    rows[x] = unit.Row.Taps > 0 ? x * p.TileWidth : (nint)(memory.Zeros - sums);
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
        SimdInterleave<TSimd, TVector, TSum>.Run(sums, rows, bias, memory.Line, tile.Width);
        for (int i = 0; i < tile.PieceCount; ++i)
        {
            WinogradPiece piece = tile.Pieces[i];
            long oh = rowPhase + ((long)piece.Row * p.Rows.BlockLength + y) * p.Rows.Stride;
            int ow = piece.Column * rows.Length;
            if (oh < p.Rows.OutputLength && ow < p.Columns.OutputLength)
            {
                TSum* line = memory.Line + piece.Lane * rows.Length;
                TStorage* target = output + piece.Sample * p.Output.Outermost + oh * p.Output.Row + ow;
                int length = Math.Min(piece.Length * rows.Length, p.Columns.OutputLength - ow);
                if (TFormat.IsPlain)
                    SimdLanes<TSimd, TVector, TSum>.Copy(line, (TSum*)target, length);
                else
                    TFormat.Round(line, target, length);
            }
        }
    }
}
