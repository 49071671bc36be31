using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// A run of channels, a quad of them, of each of four pixels, where channels are neighbours in memory and all runs
/// are aligned; and its share of the weights. They lie as <see cref="MatrixStage"/> says.
/// <para>Preconditions: the input starts at a multiple of 16 bytes, and so do pixels and groups.</para>
/// </summary>
internal struct RunShare<TProduct, TElement> : ITiledShare<RunShare<TProduct, TElement>, TElement>
    where TProduct : struct, ITiledProduct<TProduct>
    where TElement : unmanaged
{
    private ArrayView<Quad> input0;
    private ArrayView<Quad> input1;
    private ArrayView<Quad> input2;
    private ArrayView<Quad> input3;
    private ArrayView<Quad> inputs;
    private MatrixWeights<TProduct> weights;

    private static int RunLength => TProduct.Depth / MatrixStage.Runs;

    /// <summary>From one of the item's pixels to the next.</summary>
    private static int PixelStep => TProduct.GroupSize / MatrixStage.Runs;

    private static int Pixel => Group.IdxX / MatrixStage.Runs;

    private static int Run => Group.IdxX % MatrixStage.Runs;

    public static RunShare<TProduct, TElement> To(ArrayView<Quad> stages)
    {
        RunShare<TProduct, TElement> share = default;
        share.inputs = stages.SubView(Pixel * MatrixStage.Runs + MatrixStage.Place(Pixel, Run));
        share.weights = MatrixWeights<TProduct>.To(stages.SubView(TProduct.InputQuads));
        return share;
    }

    public static RunShare<TProduct, TElement> From(
        RunShare<TProduct, TElement> share, TiledTile tile, ArrayView<TElement> input, ArrayView<Quad> weight, TiledParams p)
    {
        ArrayView<Quad> runs = input.Cast<Quad>();
        share.input0 = runs.SubView(Start(tile, 0, p));
        share.input1 = runs.SubView(Start(tile, 1, p));
        share.input2 = runs.SubView(Start(tile, 2, p));
        share.input3 = runs.SubView(Start(tile, 3, p));
        share.weights = MatrixWeights<TProduct>.From(share.weights, tile, weight, p);
        return share;
    }

    public static RunShare<TProduct, TElement> Start(
        RunShare<TProduct, TElement> share, TiledSlice slice, bool isThere, int stage, TiledParams p)
    {
        if (isThere)
            Copy(share, slice, stage);
        return share;
    }

    public static void Finish(RunShare<TProduct, TElement> share, int stage, TiledParams p)
    {
    }

    private static void Copy(RunShare<TProduct, TElement> share, TiledSlice slice, int stage)
    {
        int runs = slice.Channels / RunLength;
        int source = slice.Input / RunLength + Math.Min(Run, runs - 1);
        ArrayView<Quad> target = StageView.At(share.inputs, stage);
        int step = PixelStep * MatrixStage.Runs;
        Hardware.CopyQuadOrZeros(ref target[0], ref share.input0[source], Run < runs);
        Hardware.CopyQuadOrZeros(ref target[step], ref share.input1[source], Run < runs);
        Hardware.CopyQuadOrZeros(ref target[2 * step], ref share.input2[source], Run < runs);
        Hardware.CopyQuadOrZeros(ref target[3 * step], ref share.input3[source], Run < runs);
        MatrixWeights<TProduct>.Copy(share.weights, slice.Weight, stage);
    }

    private static long Start(TiledTile tile, int number, TiledParams p) =>
        TiledTile.InputStart(tile, Pixel + number * PixelStep, p) / RunLength;
}
