using System.Runtime.CompilerServices;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Simd;
using ILGPU;

namespace Deconv.Kernels.Panel;

/// <summary>
/// y = W x, phase by phase, as products of packed weights with panels of inputs: for each tile of
/// pixels that share their taps, the inputs that these read are copied to a panel in cache, which
/// then serves all phases and all output channels.
/// <para>Ownership: an item takes the next task as soon as it is done with one, so that a core that
/// is slowed down takes fewer; which item takes it changes no result. A task is the only writer of its outputs: those of its tile, in the row phases and channels of its units.</para>
/// <para>Layout: weights as <see cref="PanelPackKernel"/> writes them; scratch is a panel, sums and a
/// line for each item.</para>
/// <para>Preconditions: regions are not empty and in the order of their tasks, the first of which is 0.</para>
/// </summary>
internal static class PanelKernel
{
    /// <summary>Output channels of a block, and rows of sums that are computed together.</summary>
    public const int Rows = RowBlock.Rows;

    // Inlined, it would be compiled again with each launcher, and could not be compiled ahead of it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<TMicroKernel, TStorage, TSum>(
        ArrayView<TStorage> input,
        ArrayView<TSum> weights,
        ArrayView<TStorage> bias,
        ArrayView<TStorage> output,
        ArrayView<TSum> scratch,
        ArrayView<PanelRegion> regions,
        ArrayView<PanelPhase> phases,
        ArrayView<PanelClass> classes,
        ArrayView<int> weightOffsets,
        ArrayView<int> counter,
        int firstCount,
        PanelParams p)
        where TMicroKernel : struct, IPanelMicroKernel<TMicroKernel, TStorage, TSum>
        where TStorage : unmanaged
        where TSum : unmanaged
    {
        var views = new PanelViews<TStorage, TSum>
        {
            Input = input,
            Weights = weights,
            Bias = bias,
            Output = output,
            Scratch = scratch,
            Regions = regions,
            Phases = phases,
            Classes = classes,
            WeightOffsets = weightOffsets,
        };
        int item = Grid.IdxX * Group.DimX + Group.IdxX;
        TMicroKernel micro = default(TMicroKernel).Bind(views, p.Scratch, item);
        int r = 0;
        PanelRegion region = micro.RegionAt(0);

        // Each item counts once past the last task, so the counter ends where the next launch expects it.
        for (int task = Atomic.Add(ref counter[0], 1) - firstCount;
            task < p.TaskCount;
            task = Atomic.Add(ref counter[0], 1) - firstCount)
        {
            while (task >= region.EndTask)
            {
                ++r;
                region = micro.RegionAt(r);
            }

            int unitPart = (task - region.FirstTask) % region.UnitParts;
            int tilePart = (task - region.FirstTask) / region.UnitParts;
            int group = tilePart / region.TileParts;
            tilePart -= group * region.TileParts;
            int units = region.RowPhases * p.ChannelBlocks;
            int firstUnit = Parts.Start(units, unitPart, region.UnitParts);
            int endUnit = Parts.Start(units, unitPart + 1, region.UnitParts);
            int endTile = Parts.Start(region.Tiles, tilePart + 1, region.TileParts);
            int firstTile = Parts.Start(region.Tiles, tilePart, region.TileParts);

            // What changes from unit to unit is set in place: a copy of fields that were just written waits for them.
            PackWork pack = PackOf(region, group, p);
            StoreWork store = StoreOf(region, p);
            StoreWork next = StoreOf(region, p);
            next.Tile = TileAt(firstTile, region, p);
            for (int t = firstTile; t < endTile; ++t)
            {
                pack.Tile = next.Tile;
                store.Tile = next.Tile;
                pack.Width = micro.WidthOf(next.Tile.Count);
                store.Width = pack.Width;
                if (region.RowTaps * region.ColumnTaps > 0)
                    micro.Pack(in pack);
                for (int unit = firstUnit; unit < endUnit; ++unit)
                {
                    // A unit ahead, so that the lines have time to come.
                    bool isLast = unit + 1 == endUnit;
                    if (isLast)
                        next.Tile = TileAt(t + 1, region, p);
                    next.Width = micro.WidthOf(next.Tile.Count);
                    SetUnit(ref next, region, group, isLast ? firstUnit : unit + 1, micro, p);
                    if (!isLast || t + 1 < endTile)
                        micro.Fetch(in next);
                    Multiply(region, store.Width, group, unit, micro, p);
                    SetUnit(ref store, region, group, unit, micro, p);
                    micro.Store(in store);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PanelTile TileAt(int tile, PanelRegion region, PanelParams p)
    {
        if (region.TilesOfRow > 0)
        {
            int row = tile / region.TilesOfRow;
            int column = (tile - row * region.TilesOfRow) * region.TileWidth;
            int rest = region.Columns - column;
            return PanelTile.At(
                (long)row * region.Columns + column,
                rest < region.TileWidth ? rest : region.TileWidth,
                region.Rows,
                region.Columns);
        }

        long firstPixel = (long)tile * region.TileWidth;
        long pixels = (long)p.Batch * region.Rows * region.Columns - firstPixel;
        return PanelTile.At(
            firstPixel, (int)(pixels < region.TileWidth ? pixels : region.TileWidth), region.Rows, region.Columns);
    }

    /// <summary>The sums of a unit: classes of column phases one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply<TMicroKernel>(
        PanelRegion region, int width, int group, int unit, TMicroKernel micro, PanelParams p)
        where TMicroKernel : struct, IPanelMicroKernel
    {
        int rowPhase = unit / p.ChannelBlocks;
        int block = unit - rowPhase * p.ChannelBlocks;
        PanelPhase row = micro.PhaseAt(region.FirstRowPhase + rowPhase);
        int classCount = row.TapCount > 0 ? region.Classes : 0;
        bool isShared = region.SharedRow > 0;
        for (int c = 0; c < classCount; ++c)
        {
            PanelClass columns = micro.ClassAt(region.FirstClass + c);
            int columnLength = p.GroupInputChannels * Rows;
            int blockLength = row.ClassTaps * columns.ClassTaps * columnLength;
            var work = new MultiplyWork
            {
                First = group * p.GroupWeightLength
                    + micro.WeightOffsetAt(row.Residue * p.WeightClasses + columns.Index)
                    + (long)block * columns.Phases * blockLength
                    + (row.SkippedTaps * columns.ClassTaps + columns.SkippedTaps) * columnLength,
                FirstPanel = isShared ? (region.ColumnTaps - 1) * p.ColumnStep : 0,
                FirstSum = columns.FirstSum,
                Width = width,
                Rows = ChannelsOf(block, p) * columns.Phases,
                Runs = row.TapCount,
                RunLength = columns.TapCount * p.GroupInputChannels,
                WeightRunStride = columns.ClassTaps * columnLength,
                PanelStep = isShared ? -p.ColumnStep : width,
                PanelRunStride = isShared ? region.SharedRow : region.ColumnTaps * p.GroupInputChannels * width,
                WeightBlockStride = blockLength,
            };
            micro.Multiply(in work);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ChannelsOf(int block, PanelParams p)
    {
        int channels = p.GroupOutputChannels - block * Rows;
        return channels < Rows ? channels : Rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PackWork PackOf(PanelRegion region, int group, PanelParams p) => new()
    {
        RowTaps = region.RowTaps,
        ColumnTaps = region.ColumnTaps,
        Channels = p.GroupInputChannels,
        SharedRow = region.SharedRow,
        First = (long)group * p.GroupInputChannels * p.Input.Channel
            + region.FirstInputRow * p.Input.Row + region.FirstInputColumn * p.Input.Column,
        Strides = p.Input,
        RowStep = p.RowStep * p.Input.Row,
        ColumnStep = p.ColumnStep * p.Input.Column,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static StoreWork StoreOf(PanelRegion region, PanelParams p) => new()
    {
        Strides = p.Output,
        RowStride = p.RowStride * p.Output.Row,
        ColumnStride = p.ColumnStride,
        FirstColumnPhase = region.FirstColumnPhase,
        ColumnPhases = region.ColumnPhases,
        ChannelsPerBias = p.ChannelsPerBias,
        ZeroSums = p.Scratch.ZeroSums,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetUnit<TMicroKernel>(
        ref StoreWork work, PanelRegion region, int group, int unit, TMicroKernel micro, PanelParams p)
        where TMicroKernel : struct, IPanelMicroKernel
    {
        int rowPhase = unit / p.ChannelBlocks;
        int block = unit - rowPhase * p.ChannelBlocks;
        PanelPhase row = micro.PhaseAt(region.FirstRowPhase + rowPhase);
        work.FirstChannel = group * p.GroupOutputChannels + block * Rows;
        work.Channels = ChannelsOf(block, p);
        work.First = work.FirstChannel * p.Output.Channel + row.FirstOutput * p.Output.Row;
        work.HasSums = row.TapCount > 0 ? 1 : 0;
    }
}
