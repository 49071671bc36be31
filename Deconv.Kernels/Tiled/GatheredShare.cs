using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// One pixel's inputs, element by element through registers, as neighbouring pixels' lie side by side and
/// a channel's neighbours far apart; and its share of the weights. They lie in a slice as
/// <see cref="MatrixStage"/> says, pixels first. As many items as pixels.
/// </summary>
internal struct GatheredShare<TProduct, TRun, TElement> : ITiledShare<GatheredShare<TProduct, TRun, TElement>, TElement>
    where TProduct : struct, ITiledProduct<TProduct>
    where TRun : struct, IElementRun<TRun, TElement>
    where TElement : unmanaged
{
    private ArrayView<TElement> input;
    private ArrayView<WordQuad> inputs;
    private MatrixWeights<TProduct> weights;

    /// <summary>Elements of the slice, until they are written.</summary>
    private TRun run0;
    private TRun run1;
    private TRun run2;
    private TRun run3;

    private static int RunLength => TProduct.Depth / MatrixStage.Runs;

    public static GatheredShare<TProduct, TRun, TElement> To(ArrayView<Quad> stages)
    {
        GatheredShare<TProduct, TRun, TElement> share = default;
        share.inputs = stages.Cast<WordQuad>().SubView(Group.IdxX * MatrixStage.Runs);
        share.weights = MatrixWeights<TProduct>.To(stages.SubView(TProduct.InputQuads));
        return share;
    }

    public static GatheredShare<TProduct, TRun, TElement> From(
        GatheredShare<TProduct, TRun, TElement> share, TiledTile tile, ArrayView<TElement> input, ArrayView<Quad> weight, TiledParams p)
    {
        share.input = input.SubView(TiledTile.InputStart(tile, Group.IdxX, p));
        share.weights = MatrixWeights<TProduct>.From(share.weights, tile, weight, p);
        return share;
    }

    /// <remarks>Loads are on their way while the slice before is multiplied.</remarks>
    public static GatheredShare<TProduct, TRun, TElement> Start(
        GatheredShare<TProduct, TRun, TElement> share, TiledSlice slice, bool isThere, int stage, TiledParams p)
    {
        int channels = isThere ? slice.Channels : 0;
        share.run0 = Load(share, 0, slice.Input, channels, p);
        share.run1 = Load(share, 1, slice.Input, channels, p);
        share.run2 = Load(share, 2, slice.Input, channels, p);
        share.run3 = Load(share, 3, slice.Input, channels, p);
        if (isThere)
            MatrixWeights<TProduct>.Copy(share.weights, slice.Weight, stage);
        return share;
    }

    public static void Finish(GatheredShare<TProduct, TRun, TElement> share, int stage, TiledParams p)
    {
        ArrayView<WordQuad> row = StageView.At(share.inputs, stage);
        row[MatrixStage.Place(Group.IdxX, 0)] = TRun.Words(share.run0);
        row[MatrixStage.Place(Group.IdxX, 1)] = TRun.Words(share.run1);
        row[MatrixStage.Place(Group.IdxX, 2)] = TRun.Words(share.run2);
        row[MatrixStage.Place(Group.IdxX, 3)] = TRun.Words(share.run3);
    }

    private static TRun Load(
        GatheredShare<TProduct, TRun, TElement> share, int run, int start, int channels, TiledParams p) => TRun.Load(
            share.input,
            start + run * RunLength * p.InputChannelStride,
            p.InputChannelStride,
            channels - run * RunLength);
}
