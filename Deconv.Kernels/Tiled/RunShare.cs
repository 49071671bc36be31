using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// A run of eight channels of each of four pixels, where channels are neighbours in memory and all runs are
/// aligned; and a run of the weights of four output channels. Slices are those of <see cref="GatheredShare{TProduct}"/>.
/// <para>Preconditions: the input starts at a multiple of 16 bytes, and so do pixels and groups.</para>
/// </summary>
internal struct RunShare<TProduct> : ITiledShare<RunShare<TProduct>, ushort>
    where TProduct : struct, ITiledProduct<TProduct>
{
    private ArrayView<Quad> input0;
    private ArrayView<Quad> input1;
    private ArrayView<Quad> input2;
    private ArrayView<Quad> input3;
    private ArrayView<Quad> inputs;
    private SixteenBitWeights weights;

    /// <summary>From one of the item's pixels to the next.</summary>
    private static int PixelStep => TProduct.GroupSize / SixteenBitStage.Runs;

    private static int Pixel => Group.IdxX / SixteenBitStage.Runs;

    private static int Run => Group.IdxX % SixteenBitStage.Runs;

    public static RunShare<TProduct> To(ArrayView<Quad> stages)
    {
        RunShare<TProduct> share = default;
        share.inputs = stages.SubView(Pixel * SixteenBitStage.Runs + SixteenBitStage.Place(Pixel, Run));
        share.weights = SixteenBitWeights.To(stages.SubView(TProduct.InputQuads));
        return share;
    }

    public static RunShare<TProduct> From(
        RunShare<TProduct> share, TiledTile tile, ArrayView<ushort> input, ArrayView<Quad> weight, TiledParams p)
    {
        ArrayView<Quad> runs = input.Cast<Quad>();
        share.input0 = runs.SubView(Start(tile, 0, p));
        share.input1 = runs.SubView(Start(tile, 1, p));
        share.input2 = runs.SubView(Start(tile, 2, p));
        share.input3 = runs.SubView(Start(tile, 3, p));
        share.weights = SixteenBitWeights.From(share.weights, tile, weight, p);
        return share;
    }

    public static RunShare<TProduct> Start(
        RunShare<TProduct> share, TiledSlice slice, bool isThere, int stage, TiledParams p)
    {
        if (isThere)
            Copy(share, slice, stage);
        return share;
    }

    public static void Finish(RunShare<TProduct> share, int stage, TiledParams p)
    {
    }

    private static void Copy(RunShare<TProduct> share, TiledSlice slice, int stage)
    {
        int runs = slice.Channels / SixteenBitStage.RunLength;
        int source = slice.Input / SixteenBitStage.RunLength + Math.Min(Run, runs - 1);
        ArrayView<Quad> target = StageView.At(share.inputs, stage);
        int step = PixelStep * SixteenBitStage.Runs;
        Hardware.CopyQuadOrZeros(ref target[0], ref share.input0[source], Run < runs);
        Hardware.CopyQuadOrZeros(ref target[step], ref share.input1[source], Run < runs);
        Hardware.CopyQuadOrZeros(ref target[2 * step], ref share.input2[source], Run < runs);
        Hardware.CopyQuadOrZeros(ref target[3 * step], ref share.input3[source], Run < runs);
        SixteenBitWeights.Copy(share.weights, slice.Weight, stage);
    }

    private static long Start(TiledTile tile, int number, TiledParams p) =>
        TiledTile.InputStart(tile, Pixel + number * PixelStep, p) / SixteenBitStage.RunLength;
}
