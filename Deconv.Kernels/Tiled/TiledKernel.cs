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
    /// <summary>Input channels of a slice.</summary>
    public const int Depth = 8;

    public static void Run<TProduct>(
        ArrayView<float> input,
        ArrayView<float> packedWeight,
        ArrayView<float> bias,
        ArrayView<TiledTask> tasks,
        ArrayView<float> output,
        TiledParams p)
        where TProduct : struct, ITiledProduct<TProduct>
    {
        int inputQuads = Depth * TProduct.InputPitch / 4;
        int stageQuads = Depth * (TProduct.InputPitch / 4 + TProduct.WeightPitch);
        ArrayView<Quad> stages = SharedMemory.Allocate<Quad>(
            2 * Depth * (TProduct.InputPitch / 4 + TProduct.WeightPitch));
        ArrayView<long> outputStarts = SharedMemory.Allocate<long>(TProduct.GroupSize);
        ArrayView<Quad> weight = packedWeight.Cast<Quad>();

        // Where the work item writes to the first stage, and where it reads.
        ArrayView<float> inputTarget = stages.Cast<float>().SubView(
            Group.IdxX / TProduct.Pixels * TProduct.InputPitch + Group.IdxX % TProduct.Pixels);
        ArrayView<Quad> weightTarget = stages.SubView(
            inputQuads + Group.IdxX / (TProduct.Rows / 4) * TProduct.WeightPitch + Group.IdxX % (TProduct.Rows / 4));
        ArrayView<Quad> inputs = stages.SubView(TProduct.FirstInput);
        ArrayView<Quad> weights = stages.SubView(inputQuads + TProduct.FirstWeight);
        for (int number = Grid.IdxX; number < p.TileCount; number += Grid.DimX)
        {
            TiledTile tile = TiledTile.Find(number, TProduct.Pixels, tasks, p);
            TiledShare share = TiledShare.Of<TProduct>(tile, p);
            ArrayView<float> itemInput = input.SubView(share.InputStart);
            ArrayView<Quad> itemWeight = weight.SubView(share.WeightStart);
            TiledSlice slice = TiledSlice.First(tile, p);
            TProduct sum = default;

            // The group has read the sums of the tile before.
            Hardware.Barrier();
            TiledStore.Locate<TProduct>(tile, outputStarts, p);
            int stage = 0;
            if (tile.FirstSlice < tile.EndSlice)
                TiledShare.Copy<TProduct>(slice, itemInput, itemWeight, inputTarget, weightTarget, p);
            for (int left = tile.EndSlice - tile.FirstSlice; left > 0; --left)
            {
                Hardware.AwaitCopies();
                Hardware.Barrier();
                int current = stage;
                stage = stageQuads - stage;
                slice = TiledSlice.Next(slice, tile, p);
                if (left > 1)
                {
                    TiledShare.Copy<TProduct>(
                        slice, itemInput, itemWeight, inputTarget.SubView(4 * stage), weightTarget.SubView(stage), p);
                }

                sum = TProduct.MultiplyAdd(sum, inputs.SubView(current), weights.SubView(current));
            }

            // Found again, to leave the registers to the sums meanwhile.
            TiledStore.Store(sum, TiledTile.Find(number, TProduct.Pixels, tasks, p), stages, outputStarts, bias, output, p);
        }
    }
}
