using System.Numerics;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Formats;

namespace Deconv.Kernels.Winograd;

/// <summary>Fills patches of narrow inputs, whose lanes are in many rows: value by value, off a list.</summary>
internal static unsafe class WinogradCopyPatch<TFormat, TStorage, TSum>
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
{
    /// <summary>
    /// Lists the inputs of a tile, which are the same for all channels, and clears what they are copied to: what
    /// is past the input stays zero.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Prepare(in WinogradMemory<TStorage, TSum> memory, in WinogradTile tile, in WinogradPhase row, in WinogradParams p)
    {
        int length = checked((int)p.Scratch.PatchLength);
        if (TFormat.IsPlain)
            new Span<TSum>(memory.Patches, 2 * length).Clear();
        else
            new Span<TStorage>(memory.Elements, length).Clear();
        int count = 0;
        int stride = WinogradPatch.StrideOf(p.TileWidth);
        for (int i = 0; i < tile.PieceCount; ++i)
        {
            WinogradPiece piece = tile.Pieces[i];
            for (int y = 0; y < row.Positions; ++y)
            {
                int ih = row.FirstInput + piece.Row * p.Rows.BlockLength + y;
                if ((uint)ih >= (uint)p.Rows.InputLength)
                    continue;
                long line = piece.Sample * p.Input.Outermost + ih * p.Input.Row;
                for (int x = 0; x < p.PatchColumns; ++x)
                {
                    for (int lane = 0; lane < piece.Length; ++lane)
                    {
                        int iw = p.FirstPatchColumn + (piece.Column + lane) * p.Columns.BlockLength + x;
                        if ((uint)iw < (uint)p.Columns.InputLength)
                        {
                            memory.Copies[count++] = new()
                            {
                                Source = line + iw * p.Input.Column,
                                Target = (y * p.PatchColumns + x) * stride + piece.Lane + lane,
                            };
                        }
                    }
                }
            }
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(
        in WinogradMemory<TStorage, TSum> memory, int count, TStorage* source, TSum* patch, in WinogradParams p)
    {
        WinogradCopy* copies = memory.Copies;
        TStorage* target = TFormat.IsPlain ? (TStorage*)patch : memory.Elements;
        for (int i = 0; i < count; ++i)
            target[copies[i].Target] = source[copies[i].Source];
        if (!TFormat.IsPlain)
            TFormat.Widen(target, patch, (int)p.Scratch.PatchLength);
    }
}
