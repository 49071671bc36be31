using System.Numerics;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Simd;
using ILGPU;

namespace Deconv.Kernels.Winograd;

/// <summary>
/// y = W x by minimal filtering, phase by phase: blocks of two outputs an axis, whose transformed inputs
/// are multiplied with transformed weights, one product for each input channel and position, and whose
/// sums are transformed back.
/// <para>Ownership: an item takes the next task as soon as it is done with one; which item takes it
/// changes no result. A task is the only writer of its outputs: those of its panels (a tile in a row
/// phase), in its channel blocks.</para>
/// <para>Layout: channels first; weights as <see cref="WinogradPackKernel{TFormat, TStorage, TSum}"/> writes them.</para>
/// <para>Preconditions: the CPU accelerator, which runs the method as it is.</para>
/// </summary>
internal static unsafe class WinogradKernel<TFormat, TStorage, TSum, TSimd, TVector>
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        ArrayView<TStorage> input,
        ArrayView<TSum> weights,
        ArrayView<TStorage> bias,
        ArrayView<TStorage> output,
        ArrayView<TSum> scratch,
        ArrayView<WinogradPhase> rowPhases,
        ArrayView<WinogradPhase> columnPhases,
        ArrayView<WinogradPosition> positions,
        ArrayView<int> weightOffsets,
        ArrayView<int> counter,
        int firstCount,
        WinogradParams p)
    {
        var views = new WinogradViews<TStorage, TSum>
        {
            Input = input,
            Weights = weights,
            Bias = bias,
            Output = output,
            Scratch = scratch,
            RowPhases = rowPhases,
            ColumnPhases = columnPhases,
            Positions = positions,
            WeightOffsets = weightOffsets,
        };
        var memory = new WinogradMemory<TStorage, TSum>(in views, in p, Grid.IdxX * Group.DimX + Group.IdxX);
        WinogradPiece* pieces = stackalloc WinogradPiece[p.TileWidth];

        // Each item counts once past the last task, so the counter ends where the next launch expects it.
        for (int task = Atomic.Add(ref counter[0], 1) - firstCount;
            task < p.TaskCount;
            task = Atomic.Add(ref counter[0], 1) - firstCount)
        {
            int part = task / p.BlockParts;
            int blockPart = task - part * p.BlockParts;
            int group = part / p.PanelParts;
            part -= group * p.PanelParts;
            int panels = p.Tiles * p.Rows.Phases;
            int firstBlock = Parts.Start(p.ChannelBlocks, blockPart, p.BlockParts);
            int endBlock = Parts.Start(p.ChannelBlocks, blockPart + 1, p.BlockParts);
            int endPanel = Parts.Start(panels, part + 1, p.PanelParts);
            for (int panel = Parts.Start(panels, part, p.PanelParts); panel < endPanel; ++panel)
            {
                int tile = panel / p.Rows.Phases;
                RunPanel(in memory, WinogradTile.At(tile, TSimd.Count, pieces, in p), panel - tile * p.Rows.Phases, group, firstBlock, endBlock, in p);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunPanel(
        in WinogradMemory<TStorage, TSum> memory,
        in WinogradTile tile,
        int rowPhase,
        int group,
        int firstBlock,
        int endBlock,
        in WinogradParams p)
    {
        var unit = new WinogradUnit { Row = memory.RowPhases[rowPhase], RowPhase = rowPhase, Group = group };
        if (unit.Row.Taps > 0)
            WinogradInput<TFormat, TStorage, TSum, TSimd, TVector>.Pack(in memory, in tile, in unit.Row, group, in p);
        for (int block = firstBlock; block < endBlock; ++block)
        {
            unit.Block = block;
            unit.Channels = Math.Min(p.GroupOutputChannels - block * RowBlock.Rows, RowBlock.Rows);
            if (p.FetchesAhead != 0)
                WinogradStore<TFormat, TStorage, TSum, TSimd, TVector>.Fetch(in memory, in tile, in unit, in p);
            if (unit.Row.Taps > 0)
                WinogradOutput<TFormat, TStorage, TSum, TSimd, TVector>.Compute(in memory, in tile, in unit, in p);
            WinogradStore<TFormat, TStorage, TSum, TSimd, TVector>.Run(in memory, in tile, in unit, in p);
        }
    }
}
