using System.Numerics;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Simd;

namespace Deconv.Kernels.Winograd;

/// <summary>Transforms the inputs of a tile: the panel of a row phase, for all column phases.</summary>
internal static unsafe class WinogradInput<TFormat, TStorage, TSum, TSimd, TVector>
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(
        in WinogradMemory<TStorage, TSum> memory, in WinogradTile tile, in WinogradPhase row, int group, in WinogradParams p)
    {
        TStorage* source = memory.Input + (long)group * p.GroupInputChannels * p.Input.Channel;
        bool isWide = p.Columns.Blocks >= WinogradLinePatch<TFormat, TStorage, TSum, TSimd, TVector>.MinBlocks;
        int copies = isWide ? 0 : WinogradCopyPatch<TFormat, TStorage, TSum>.Prepare(in memory, in tile, in row, in p);
        for (int channel = 0; channel <= p.GroupInputChannels; ++channel)
        {
            // A patch ahead, so that what is written by parts has reached the cache when it is read as vectors.
            if (channel < p.GroupInputChannels)
            {
                TSum* patch = memory.Patches + (channel & 1) * p.Scratch.PatchLength;
                if (isWide)
                    WinogradLinePatch<TFormat, TStorage, TSum, TSimd, TVector>.Fill(in memory, in tile, in row, source, patch, in p);
                else
                    WinogradCopyPatch<TFormat, TStorage, TSum>.Fill(in memory, copies, source, patch, in p);
                source += p.Input.Channel;
            }

            if (channel > 0)
            {
                Transform(
                    in memory,
                    row.Positions,
                    memory.Patches + (channel - 1 & 1) * p.Scratch.PatchLength,
                    memory.Panel + (long)(channel - 1) * tile.Width,
                    tile.Width,
                    in p);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform(
        in WinogradMemory<TStorage, TSum> memory, int rows, TSum* patch, TSum* panel, int width, in WinogradParams p)
    {
        if (rows == 4)
            TransformRows<Four>(in memory, patch, panel, width, in p);
        else if (rows == 3)
            TransformRows<Three>(in memory, patch, panel, width, in p);
        else if (rows == 2)
            TransformRows<Two>(in memory, patch, panel, width, in p);
        else
            TransformRows<One>(in memory, patch, panel, width, in p);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformRows<TRows>(
        in WinogradMemory<TStorage, TSum> memory, TSum* patch, TSum* panel, int width, in WinogradParams p)
        where TRows : struct, INumber
    {
        long lineStride = WinogradPatch.StrideOf(p.TileWidth);
        long rowStride = p.PatchColumns * lineStride;
        long positionStride = WinogradPatch.PanelStrideOf(in p);
        for (int i = 0; i < p.PanelColumns; ++i)
        {
            WinogradPosition position = memory.Positions[i];
            TSum* first = patch + position.First * lineStride;
            TSum* second = patch + position.Second * lineStride;
            TVector sign = TSimd.Broadcast(TSum.CreateTruncating(position.Sign));
            TSum* target = panel + i * positionStride;
            for (int lane = 0; lane < width; lane += TSimd.Count)
            {
                TVector d0 = TSimd.MultiplyAdd(sign, TSimd.Load(second + lane), TSimd.Load(first + lane));
                TVector d1 = d0, d2 = d0, d3 = d0;
                if (TRows.Value > 1)
                    d1 = TSimd.MultiplyAdd(sign, TSimd.Load(second + lane + rowStride), TSimd.Load(first + lane + rowStride));
                if (TRows.Value > 2)
                    d2 = TSimd.MultiplyAdd(sign, TSimd.Load(second + lane + 2 * rowStride), TSimd.Load(first + lane + 2 * rowStride));
                if (TRows.Value > 3)
                    d3 = TSimd.MultiplyAdd(sign, TSimd.Load(second + lane + 3 * rowStride), TSimd.Load(first + lane + 3 * rowStride));
                WinogradFilter<TSum, TSimd, TVector>.Inputs<TRows>(d0, d1, d2, d3, target + lane, p.PanelColumns * positionStride);
            }
        }
    }
}
