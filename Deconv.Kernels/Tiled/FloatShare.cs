using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// One pixel's inputs of some channels, number by number, and some quads of weights. A slice lies as
/// [channel][InputPitch], then [channel][WeightPitch].
/// </summary>
internal struct FloatShare<TProduct> : ITiledShare<FloatShare<TProduct>, float>
    where TProduct : struct, IFloatProduct<TProduct>
{
    private ArrayView<float> input;
    private ArrayView<Quad> weight;
    private ArrayView<float> inputs;
    private ArrayView<Quad> weights;

    public static FloatShare<TProduct> To(ArrayView<Quad> stages)
    {
        FloatShare<TProduct> share = default;
        share.inputs = stages.Cast<float>().SubView(
            Group.IdxX / TProduct.Pixels * TProduct.InputPitch + Group.IdxX % TProduct.Pixels);
        share.weights = stages.SubView(
            TProduct.InputQuads
            + Group.IdxX / (TProduct.Rows / 4) * TProduct.WeightPitch
            + Group.IdxX % (TProduct.Rows / 4));
        return share;
    }

    public static FloatShare<TProduct> From(
        FloatShare<TProduct> share, TiledTile tile, ArrayView<float> input, ArrayView<Quad> weight, TiledParams p)
    {
        int row = Group.IdxX % (TProduct.Rows / 4);
        int channel = Group.IdxX / (TProduct.Rows / 4);
        share.input = input.SubView(TiledTile.InputStart(tile, Group.IdxX % TProduct.Pixels, p));
        share.weight = weight.SubView(TiledTile.WeightStart(tile, row, p) + channel * p.ChannelQuads);
        return share;
    }

    public static FloatShare<TProduct> Start(
        FloatShare<TProduct> share, TiledSlice slice, bool isThere, int stage, TiledParams p)
    {
        if (isThere)
            Copy(share, slice, stage, p);
        return share;
    }

    public static void Finish(FloatShare<TProduct> share, int stage, TiledParams p)
    {
    }

    private static void Copy(FloatShare<TProduct> share, TiledSlice slice, int stage, TiledParams p)
    {
        ArrayView<float> inputs = share.inputs.SubView(4 * stage);
        ArrayView<Quad> weights = share.weights.SubView(stage);
        int channel = Group.IdxX / TProduct.Pixels;
        int source = slice.Input + Math.Min(channel, slice.Channels - 1) * p.InputChannelStride;
        Hardware.Copy(ref inputs[0], ref share.input[source], channel < slice.Channels);
        source = CopyNext(1, source, slice, share.input, inputs, p);
        source = CopyNext(2, source, slice, share.input, inputs, p);
        source = CopyNext(3, source, slice, share.input, inputs, p);
        if (TProduct.Depth * TProduct.Pixels > 4 * TProduct.GroupSize)
        {
            source = CopyNext(4, source, slice, share.input, inputs, p);
            source = CopyNext(5, source, slice, share.input, inputs, p);
            source = CopyNext(6, source, slice, share.input, inputs, p);
            CopyNext(7, source, slice, share.input, inputs, p);
        }

        Hardware.CopyQuad(ref weights[0], ref share.weight[slice.Weight]);
        if (TProduct.Depth * TProduct.Rows / 4 > TProduct.GroupSize)
        {
            int second = TProduct.GroupSize / (TProduct.Rows / 4);
            Hardware.CopyQuad(
                ref weights[second * TProduct.WeightPitch],
                ref share.weight[slice.Weight + second * p.ChannelQuads]);
        }

        Hardware.CommitCopies();
    }

    /// <summary>
    /// Copies the input of one channel more of the pixel; where there is none, a zero, and the last one's
    /// address stays.
    /// </summary>
    private static int CopyNext(
        int pass, int last, TiledSlice slice, ArrayView<float> input, ArrayView<float> target, TiledParams p)
    {
        int step = TProduct.GroupSize / TProduct.Pixels;
        bool isThere = Group.IdxX / TProduct.Pixels + pass * step < slice.Channels;
        int source = isThere ? last + step * p.InputChannelStride : last;
        Hardware.Copy(ref target[pass * step * TProduct.InputPitch], ref input[source], isThere);
        return source;
    }
}
