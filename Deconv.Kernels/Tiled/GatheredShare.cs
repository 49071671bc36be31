using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// One pixel's inputs, element by element through registers, as neighbouring pixels' lie side by side and
/// a channel's neighbours far apart; and a run of the weights of four output channels. For elements of sixteen
/// bits, which lie in a slice as <see cref="SixteenBitStage"/> says, pixels first. As many items as pixels and rows.
/// </summary>
internal struct GatheredShare<TProduct> : ITiledShare<GatheredShare<TProduct>, ushort>
    where TProduct : struct, ITiledProduct<TProduct>
{
    private ArrayView<ushort> input;
    private ArrayView<WordQuad> inputs;
    private SixteenBitWeights weights;

    /// <summary>Where the slice starts, and input channels from its first on.</summary>
    private int start;
    private int channels;

    /// <summary>Elements of the slice, until they are written.</summary>
    private ElementRun run0;
    private ElementRun run1;
    private ElementRun run2;
    private ElementRun run3;

    public static GatheredShare<TProduct> To(ArrayView<Quad> stages)
    {
        GatheredShare<TProduct> share = default;
        share.inputs = stages.Cast<WordQuad>().SubView(Group.IdxX * SixteenBitStage.Runs);
        share.weights = SixteenBitWeights.To(stages.SubView(TProduct.InputQuads));
        return share;
    }

    public static GatheredShare<TProduct> From(
        GatheredShare<TProduct> share, TiledTile tile, ArrayView<ushort> input, ArrayView<Quad> weight, TiledParams p)
    {
        share.input = input.SubView(TiledTile.InputStart(tile, Group.IdxX, p));
        share.weights = SixteenBitWeights.From(share.weights, tile, weight, p);
        return share;
    }

    /// <remarks>
    /// Loads are the same for all slices, so that they are on their way while the slice before is multiplied:
    /// runs that are not there whole read one element again and again.
    /// </remarks>
    public static GatheredShare<TProduct> Start(
        GatheredShare<TProduct> share, TiledSlice slice, bool isThere, int stage, TiledParams p)
    {
        share.start = isThere ? slice.Input : 0;
        share.channels = isThere ? slice.Channels : SixteenBitStage.Depth;
        int channels = isThere ? slice.Channels : 0;
        share.run0 = Load(share, 0, channels, p);
        share.run1 = Load(share, 1, channels, p);
        share.run2 = Load(share, 2, channels, p);
        share.run3 = Load(share, 3, channels, p);
        if (isThere)
            SixteenBitWeights.Copy(share.weights, slice.Weight, stage);
        return share;
    }

    public static void Finish(GatheredShare<TProduct> share, int stage, TiledParams p)
    {
        ArrayView<WordQuad> row = StageView.At(share.inputs, stage);
        row[SixteenBitStage.Place(Group.IdxX, 0)] = ElementRun.Words(share.run0);
        row[SixteenBitStage.Place(Group.IdxX, 1)] = ElementRun.Words(share.run1);
        row[SixteenBitStage.Place(Group.IdxX, 2)] = ElementRun.Words(share.run2);
        row[SixteenBitStage.Place(Group.IdxX, 3)] = ElementRun.Words(share.run3);
        if (share.channels < SixteenBitStage.Depth)
            FinishLast(share, row, p);
    }

    private static ElementRun Load(GatheredShare<TProduct> share, int run, int channels, TiledParams p)
    {
        bool isWhole = channels >= (run + 1) * SixteenBitStage.RunLength;
        int first = isWhole ? run * SixteenBitStage.RunLength * p.InputChannelStride : 0;
        return ElementRun.Load(share.input, share.start + first, isWhole ? p.InputChannelStride : 0);
    }

    /// <summary>Writes the runs that are not there whole: elements, then zeros.</summary>
    private static void FinishLast(GatheredShare<TProduct> share, ArrayView<WordQuad> row, TiledParams p)
    {
        for (int run = share.channels / SixteenBitStage.RunLength; run < SixteenBitStage.Runs; ++run)
            row[SixteenBitStage.Place(Group.IdxX, run)] = default;
        int channel = share.channels / SixteenBitStage.RunLength * SixteenBitStage.RunLength;
        ArrayView<ushort> elements = row
            .SubView(SixteenBitStage.Place(Group.IdxX, share.channels / SixteenBitStage.RunLength), 1)
            .Cast<ushort>();
        for (int i = 0; channel + i < share.channels; ++i)
            elements[i] = share.input[share.start + (channel + i) * p.InputChannelStride];
    }
}
