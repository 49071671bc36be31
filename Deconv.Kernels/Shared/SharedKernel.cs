using Deconv.Kernels.Formats;
using Deconv.Kernels.Regions;
using ILGPU;

namespace Deconv.Kernels.Shared;

/// <summary>
/// y[n, co, oh, ow] = bias[co] + sum over ci of the group and over the taps (kh, kw) that reach
/// (oh, ow) of x[n, ci, ih, iw] * w[ci, co in group, kh, kw], as products of matrices: of the weights
/// of a tile's channels with the inputs of its pixels, a slice at a time.
/// <para>Ownership: a group computes one <see cref="SharedTile"/> after the other. Work item t owns of
/// each the pixels t % LaneCount + LaneCount * j and the channels t / LaneCount * ItemChannels + i,
/// and is the only writer of those that exist.</para>
/// <para>Layout: input, weight and output lie as the strides of <see cref="SharedParams"/> say. The
/// shared tiles, of numbers, inputs as (half, depth, pixels) and weights as (half, depth, channels), have two
/// halves: while a slice is computed with, the next one goes to the other half, so that one
/// barrier a slice is enough, from tile to tile too.</para>
/// <para>Preconditions: groups of GroupSize items; regions in the order of their first tiles. Taps
/// lie inside the input. Pixels and channels past the last one repeat its operands and are not
/// stored, and slices end with the input channels, so that no padded zero is multiplied.</para>
/// </summary>
internal static class SharedKernel
{
    public const int GroupSize = 128;
    public const int TilePixels = 128;
    public const int TileChannels = 64;

    /// <summary>Input channels of a slice.</summary>
    public const int Depth = 8;

    /// <summary>Work items that own neighbouring pixels of the same channels.</summary>
    public const int LaneCount = 32;

    /// <summary>Outputs of a tile that a work item owns.</summary>
    public const int ItemOutputs = TilePixels * TileChannels / GroupSize;

    /// <summary>Channels of a tile that a work item owns.</summary>
    public const int ItemChannels = TileChannels / (GroupSize / LaneCount);

    private const int TileQuads = TileChannels / 4;

    public static void Run<TFormat, TStorage, TSum>(
        ArrayView<TStorage> input,
        ArrayView<TStorage> weight,
        ArrayView<TStorage> bias,
        ArrayView<SharedRegion> regions,
        ArrayView<RunPhase> phases,
        ArrayView<TStorage> output,
        SharedParams p)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
        where TSum : unmanaged
    {
        ArrayView<TSum> inputTiles = SharedMemory.Allocate<TSum>(2 * Depth * TilePixels);
        ArrayView<FourValues<TSum>> weightTiles = SharedMemory.Allocate<FourValues<TSum>>(2 * Depth * TileQuads);
        int itemChannel = Group.IdxX / LaneCount * ItemChannels;

        // Where the work item writes to the shared tiles, and where it reads.
        ArrayView<TSum> inputShare = inputTiles.SubView(Group.IdxX);
        ArrayView<TSum> weightShare = weightTiles.Cast<TSum>().SubView(
            Group.IdxX / TileChannels * (Depth / 2 * TileChannels) + Group.IdxX % TileChannels);
        ArrayView<TSum> itemInputs = inputTiles.SubView(Group.IdxX % LaneCount);
        ArrayView<FourValues<TSum>> itemWeights = weightTiles.SubView(itemChannel / 4);
        int half = 0;
        for (int number = Grid.IdxX; number < p.TileCount; number += Grid.DimX)
        {
            SharedTile tile = SharedTile.Find(number, regions, phases, p);
            int channels = p.GroupOutputChannels - tile.FirstChannel;
            int slices = tile.RowPhase.TapCount * tile.ColumnPhase.TapCount * p.InputBlocks;
            int pixel = tile.FirstPixel + Math.Min(Group.IdxX, tile.Pixels(p) - 1);
            int channel = tile.FirstChannel + Math.Min(Group.IdxX % TileChannels, channels - 1);
            ArrayView<TStorage> pixelInput = input.SubView(slices > 0 ? tile.InputStart(pixel, p) : 0);
            ArrayView<TStorage> channelWeight = weight.SubView(tile.WeightStart(channel, p));

            RegisterTile<TSum> sum = default;
            SliceCursor next = default;
            StagedSlice<TStorage> staged = default;
            if (slices > 0)
                staged = SliceCursor.Load(next, tile, pixelInput, channelWeight, p);
            for (int slice = 0; slice < slices; ++slice)
            {
                int inputHalf = half * Depth * TilePixels;
                int weightHalf = half * Depth * TileQuads;
                StagedSlice<TStorage>.Store<TFormat, TSum>(
                    staged, inputShare.SubView(inputHalf), weightShare.SubView(weightHalf * 4));

                // Ahead of the loads and never behind them: at O2 ILGPU lets loads sink below the
                // barrier that ends their block.
                Group.Barrier();
                int depth = itemChannel < channels ? SliceCursor.Depth(next, p) : 0;
                next = SliceCursor.Next(next, tile);
                if (slice + 1 < slices)
                    staged = SliceCursor.Load(next, tile, pixelInput, channelWeight, p);
                sum = MultiplyAdd<TFormat, TStorage, TSum>(
                    sum, itemInputs.SubView(inputHalf), itemWeights.SubView(weightHalf), depth);
                half = 1 - half;
            }

            OutputStore.Store<TFormat, TStorage, TSum>(sum, tile, itemChannel, bias, output, p);
        }
    }

    /// <summary>Adds the products of a slice to the sums of a work item.</summary>
    private static RegisterTile<TSum> MultiplyAdd<TFormat, TStorage, TSum>(
        RegisterTile<TSum> sum, ArrayView<TSum> inputs, ArrayView<FourValues<TSum>> weights, int depth)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
        where TSum : unmanaged
    {
        for (int k = 0; k < depth; ++k)
        {
            ArrayView<TSum> pixels = inputs.SubView(k * TilePixels);
            ArrayView<FourValues<TSum>> quads = weights.SubView(k * TileQuads);
            FourValues<TSum> x = default;
            x.X = pixels[0];
            x.Y = pixels[LaneCount];
            x.Z = pixels[2 * LaneCount];
            x.W = pixels[3 * LaneCount];
            sum.Q0 = SquareSums<TSum>.MultiplyAdd<TFormat, TStorage>(sum.Q0, quads[0], x);
            sum.Q1 = SquareSums<TSum>.MultiplyAdd<TFormat, TStorage>(sum.Q1, quads[1], x);
            sum.Q2 = SquareSums<TSum>.MultiplyAdd<TFormat, TStorage>(sum.Q2, quads[2], x);
            sum.Q3 = SquareSums<TSum>.MultiplyAdd<TFormat, TStorage>(sum.Q3, quads[3], x);
        }

        return sum;
    }
}
