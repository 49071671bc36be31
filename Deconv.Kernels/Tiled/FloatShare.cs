using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// One pixel's inputs of some channels, number by number, and some quads of weights. A slice lies as
/// [channel][pixel], then [channel][row].
/// </summary>
internal struct FloatShare<TProduct> : ITiledShare<FloatShare<TProduct>, float>
    where TProduct : struct, ITiledProduct<TProduct>
{
    /// <summary>
    /// Where the pixel's inputs start in each of the item's channels, and the weights in each of its channels. What
    /// lies as far behind its start as others do has its address after one instruction.
    /// </summary>
    private ArrayView<float> input0;
    private ArrayView<float> input1;
    private ArrayView<float> input2;
    private ArrayView<float> input3;
    private ArrayView<float> input4;
    private ArrayView<float> input5;
    private ArrayView<float> input6;
    private ArrayView<float> input7;
    private ArrayView<Quad> weight0;
    private ArrayView<Quad> weight1;

    private ArrayView<float> inputs;
    private ArrayView<Quad> weights;

    /// <summary>Whether an item brings eight inputs of a slice, not four, and two quads of weights, not one.</summary>
    private static bool HasEightInputs => TProduct.Depth * TProduct.Pixels > 4 * TProduct.GroupSize;

    private static bool HasTwoQuads => TProduct.Depth * TProduct.Rows / 4 > TProduct.GroupSize;

    /// <summary>The first of the item's channels of inputs, and from one to the next.</summary>
    private static int Channel => TProduct.GroupSize > TProduct.Pixels ? Group.IdxX / TProduct.Pixels : 0;

    private static int ChannelStep => TProduct.GroupSize / TProduct.Pixels;

    /// <summary>From the channel of the item's first quad of weights to that of its second.</summary>
    private static int WeightStep => TProduct.GroupSize / (TProduct.Rows / 4);

    public static FloatShare<TProduct> To(ArrayView<Quad> stages)
    {
        FloatShare<TProduct> share = default;
        share.inputs = stages.Cast<float>().SubView(
            Group.IdxX / TProduct.Pixels * TProduct.Pixels + Group.IdxX % TProduct.Pixels);
        share.weights = stages.SubView(
            TProduct.InputQuads
            + Group.IdxX / (TProduct.Rows / 4) * (TProduct.Rows / 4)
            + Group.IdxX % (TProduct.Rows / 4));
        return share;
    }

    public static FloatShare<TProduct> From(
        FloatShare<TProduct> share, TiledTile tile, ArrayView<float> input, ArrayView<Quad> weight, TiledParams p)
    {
        int row = Group.IdxX % (TProduct.Rows / 4);
        int channel = Group.IdxX / (TProduct.Rows / 4);
        ArrayView<float> pixel = input.SubView(TiledTile.InputStart(tile, Group.IdxX % TProduct.Pixels, p));
        share.input0 = Inputs(0, pixel, p);
        share.input1 = Inputs(1, pixel, p);
        share.input2 = Inputs(2, pixel, p);
        share.input3 = Inputs(3, pixel, p);
        share.input4 = Inputs(4, pixel, p);
        share.input5 = Inputs(5, pixel, p);
        share.input6 = Inputs(6, pixel, p);
        share.input7 = Inputs(7, pixel, p);
        share.weight0 = weight.SubView(TiledTile.WeightStart(tile, row, p) + channel * p.ChannelQuads);
        if (HasTwoQuads)
            share.weight1 = share.weight0.SubView(WeightStep * p.ChannelQuads);
        return share;
    }

    public static FloatShare<TProduct> Start(
        FloatShare<TProduct> share, TiledSlice slice, bool isThere, int stage, TiledParams p)
    {
        if (isThere)
            Copy(share, slice, stage);
        return share;
    }

    public static void Finish(FloatShare<TProduct> share, int stage, TiledParams p)
    {
    }

    private static void Copy(FloatShare<TProduct> share, TiledSlice slice, int stage)
    {
        ArrayView<float> inputs = StageView.At(share.inputs, stage);
        ArrayView<Quad> weights = StageView.At(share.weights, stage);
        CopyInput(0, share.input0, slice, inputs);
        CopyInput(1, share.input1, slice, inputs);
        CopyInput(2, share.input2, slice, inputs);
        CopyInput(3, share.input3, slice, inputs);
        if (HasEightInputs)
        {
            CopyInput(4, share.input4, slice, inputs);
            CopyInput(5, share.input5, slice, inputs);
            CopyInput(6, share.input6, slice, inputs);
            CopyInput(7, share.input7, slice, inputs);
        }

        Hardware.CopyQuad(ref weights[0], ref share.weight0[slice.Weight]);
        if (HasTwoQuads)
            Hardware.CopyQuad(ref weights[TProduct.GroupSize], ref share.weight1[slice.Weight]);
        Hardware.CommitCopies();
    }

    /// <summary>Copies an input of the item's channel of that number, or a zero where there is none.</summary>
    private static void CopyInput(
        int number, ArrayView<float> input, TiledSlice slice, ArrayView<float> target) => Hardware.Copy(
            ref target[number * TProduct.GroupSize], ref input[0], slice.Input, IsThere(number, slice));

    /// <remarks>A slice has one channel at least.</remarks>
    private static bool IsThere(int number, TiledSlice slice) =>
        (number == 0 && TProduct.GroupSize == TProduct.Pixels) || slice.Channels - Channel > number * ChannelStep;

    /// <summary>Where there is no such channel in any slice, those of the last one.</summary>
    private static ArrayView<float> Inputs(int number, ArrayView<float> pixel, TiledParams p) => pixel.SubView(
        Math.Min(Channel + number * ChannelStep, p.GroupInputChannels - 1) * p.InputChannelStride);
}
