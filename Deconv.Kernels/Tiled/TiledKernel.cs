using Deconv.Kernels.Formats;
using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// y[n, co, oh, ow] = bias[co] + sum over ci of the group and over the taps (kh, kw) that reach
/// (oh, ow) of x[n, ci, ih, iw] * w[ci, co in group, kh, kw], as products of matrices: of the packed
/// weights of a tile's rows with the inputs of its pixels, a slice at a time.
/// <para>Ownership: a group computes one <see cref="TiledTile"/> after the other; what its work items own
/// of each, <see cref="ITiledProduct{TSelf}"/> says.</para>
/// <para>Layout: input and output lie as the strides of <see cref="TiledParams"/> say, weights as
/// <see cref="TiledWeights"/> does. Shared memory has two stages, each of a slice's inputs and then its
/// weights: while a slice is computed with, the next one is copied to the other stage, so that one
/// barrier a slice is enough. The sums pass through the same memory on their way to the output.</para>
/// <para>Preconditions: groups of TProduct.GroupSize items, at least as many as pixels; tasks in the order
/// of their first tiles. Taps lie inside the input.</para>
/// </summary>
internal static class TiledKernel
{
    public static void Run<TProduct, TShare, TElement, TOutput, TFormat>(
        ArrayView<TElement> input,
        ArrayView<Quad> weight,
        ArrayView<TOutput> bias,
        ArrayView<TiledTask> tasks,
        ArrayView<TOutput> output,
        TiledParams p)
        where TProduct : struct, ITiledProduct<TProduct>
        where TShare : struct, ITiledShare<TShare, TElement>
        where TElement : unmanaged
        where TOutput : unmanaged
        where TFormat : struct, IFormat<TOutput, float>
    {
        int stageBytes = (TProduct.InputQuads + TProduct.WeightQuads) * TileShape.QuadSize;
        ArrayView<Quad> stages = SharedMemory.Allocate<Quad>(2 * (TProduct.InputQuads + TProduct.WeightQuads));
        ArrayView<long> outputStarts = SharedMemory.Allocate<long>(TProduct.GroupSize);
        ArrayView<Quad> inputs = stages.SubView(TProduct.FirstInput);
        ArrayView<Quad> weights = stages.SubView(TProduct.InputQuads + TProduct.FirstWeight);
        TShare target = TShare.To(stages);
        for (int number = Grid.IdxX; number < p.TileCount; number += Grid.DimX)
        {
            TiledTile tile = TiledTile.Find(number, TProduct.Pixels, tasks, p);
            TShare share = TShare.From(target, tile, input, weight, p);
            TiledSlice slice = TiledSlice.First(tile, TProduct.Depth, p);
            TProduct sum = default;

            // The group has read the sums of the tile before.
            Hardware.Barrier();
            TiledStore.Locate<TProduct>(tile, outputStarts, p);
            int stage = 0;
            if (tile.FirstSlice < tile.EndSlice)
            {
                share = TShare.Start(share, slice, isThere: true, stage, p);
                TShare.Finish(share, stage, p);
            }

            for (int left = tile.EndSlice - tile.FirstSlice; left > 0; --left)
            {
                Hardware.AwaitCopies();
                Hardware.Barrier();
                int current = stage;
                stage = stageBytes - stage;
                slice = TiledSlice.Next(slice, tile, TProduct.Depth, p);
                share = TShare.Start(share, slice, left > 1, stage, p);
                sum = TProduct.MultiplyAdd(sum, StageView.At(inputs, current), StageView.At(weights, current));
                TShare.Finish(share, stage, p);
            }

            // Found again, to leave the registers to the sums meanwhile.
            tile = TiledTile.Find(number, TProduct.Pixels, tasks, p);
            TiledStore.Store<TProduct, TOutput, TFormat>(sum, tile, stages, outputStarts, bias, output, p);
        }
    }
}
