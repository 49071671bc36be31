using System.Numerics;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Simd;

namespace Deconv.Kernels.Winograd;

/// <summary>
/// Sums up blocks directly. A transform mixes the inputs of a block and those of the zeros around the
/// input: infinity and NaN would reach outputs that do not read them, and large values overflow
/// before they cancel. So a block of one channel with a sum that is not finite is computed anew; its
/// own inputs alone decide.
/// </summary>
internal static unsafe class WinogradRepair<TFormat, TStorage, TSum>
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run(
        in WinogradMemory<TStorage, TSum> memory,
        in WinogradTile tile,
        in WinogradUnit unit,
        in WinogradPhase column,
        int phase,
        in WinogradParams p)
    {
        int columnsOfBlock = p.Columns.BlockLength * p.Columns.Phases;
        for (int channel = 0; channel < unit.Channels; ++channel)
        {
            TSum* sums = memory.Sums + (long)channel * p.Rows.BlockLength * columnsOfBlock * p.TileWidth;
            for (int i = 0; i < tile.PieceCount; ++i)
            {
                WinogradPiece piece = tile.Pieces[i];
                for (int lane = 0; lane < piece.Length; ++lane)
                {
                    if (!IsFinite(sums + piece.Lane + lane, phase, in p))
                        SumUp(in memory, in unit, in column, phase, in p, piece, channel, lane, sums + piece.Lane + lane);
                }
            }
        }
    }

    private static bool IsFinite(TSum* sums, int phase, in WinogradParams p)
    {
        for (int i = 0; i < p.Rows.BlockLength * p.Columns.BlockLength; ++i)
        {
            if (!TSum.IsFinite(sums[((long)i * p.Columns.Phases + phase) * p.TileWidth]))
                return false;
        }

        return true;
    }

    private static void SumUp(
        in WinogradMemory<TStorage, TSum> memory,
        in WinogradUnit unit,
        in WinogradPhase column,
        int phase,
        in WinogradParams p,
        WinogradPiece piece,
        int channel,
        int lane,
        TSum* sums)
    {
        TStorage* input = memory.Input + piece.Sample * p.Input.Outermost
            + (long)unit.Group * p.GroupInputChannels * p.Input.Channel;
        TSum* weight = memory.Weights + p.GivenWeight
            + (long)unit.Group * p.GroupInputChannels * p.Weight.Outermost
            + (long)(unit.Block * RowBlock.Rows + channel) * p.Weight.Channel
            + unit.Row.Residue * p.Weight.Row
            + column.Residue * p.Weight.Column;
        for (int y = 0; y < p.Rows.BlockLength; ++y)
        {
            for (int x = 0; x < p.Columns.BlockLength; ++x)
            {
                int ih = unit.Row.FirstInput + piece.Row * p.Rows.BlockLength + y + unit.Row.Taps - 1;
                int iw = column.FirstInput + (piece.Column + lane) * p.Columns.BlockLength + x + column.Taps - 1;
                TSum sum = default;
                for (int kh = 0; kh < unit.Row.Taps; ++kh)
                {
                    if ((uint)(ih - kh) >= (uint)p.Rows.InputLength)
                        continue;
                    for (int kw = 0; kw < column.Taps; ++kw)
                    {
                        if ((uint)(iw - kw) >= (uint)p.Columns.InputLength)
                            continue;
                        TSum* taps = weight + kh * p.Rows.TapStep * p.Weight.Row + kw * p.Columns.TapStep * p.Weight.Column;
                        TStorage* inputs = input + (ih - kh) * p.Input.Row + (iw - kw) * p.Input.Column;
                        for (int ci = 0; ci < p.GroupInputChannels; ++ci)
                        {
                            TSum widened = TFormat.Widen(inputs[ci * p.Input.Channel]);
                            sum = TSum.MultiplyAddEstimate(widened, taps[ci * p.Weight.Outermost], sum);
                        }
                    }
                }

                sums[((long)(y * p.Columns.BlockLength + x) * p.Columns.Phases + phase) * p.TileWidth] = sum;
            }
        }
    }
}
