using System.Collections.Immutable;
using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// Sums by scalar multiply-adds. An item owns the rows 4y to 4y + 3 and the pixels 4x to 4x + 3, and as
/// many half a tile further on; a warp is 8 x 4 items, which read few different quads.
/// </summary>
internal struct SimtProduct<TShape> : ITiledProduct<SimtProduct<TShape>>
    where TShape : struct, ISimtShape
{
    private SimtSums low;
    private SimtSums high;

    public static int Rows => 8 * TShape.RowItems;

    public static int Pixels => 8 * TShape.PixelItems;

    public static int GroupSize => TShape.RowItems * TShape.PixelItems;

    /// <summary>At O2, where ILGPU moves addresses into the loop.</summary>
    public static double FusedShare => 0.84;

    public static ImmutableArray<string> Instructions => ["ld.shared.v4.f32", "st.shared.v4.f32", "fma.rn.f32"];

    public static int Depth => 8;

    public static bool IsByOutputChannel => false;

    public static int InputQuads => Depth * Pixels / 4;

    public static int WeightQuads => Depth * Rows / 4;

    public static int SumPitch => Pixels;

    public static int FirstInput => PixelItem;

    public static int FirstWeight => RowItem;

    // In masks, since ptxas divides where ILGPU's remainder is in the loop, as it is at O2.
    private static int RowItem => Group.IdxX / 32 / (TShape.PixelItems / 8) * 4 + (Group.IdxX & 31) / 8;

    private static int PixelItem => ((Group.IdxX / 32) & (TShape.PixelItems / 8 - 1)) * 8 + (Group.IdxX & 7);

    public static SimtProduct<TShape> MultiplyAdd(
        SimtProduct<TShape> sum, ArrayView<Quad> inputs, ArrayView<Quad> weights)
    {
        sum = MultiplyAdd(sum, 0, inputs, weights);
        sum = MultiplyAdd(sum, 1, inputs, weights);
        sum = MultiplyAdd(sum, 2, inputs, weights);
        sum = MultiplyAdd(sum, 3, inputs, weights);
        sum = MultiplyAdd(sum, 4, inputs, weights);
        sum = MultiplyAdd(sum, 5, inputs, weights);
        sum = MultiplyAdd(sum, 6, inputs, weights);
        return MultiplyAdd(sum, 7, inputs, weights);
    }

    /// <summary>Adds the products of one input channel of a slice.</summary>
    private static SimtProduct<TShape> MultiplyAdd(
        SimtProduct<TShape> sum, int k, ArrayView<Quad> inputs, ArrayView<Quad> weights)
    {
        int input = k * (Pixels / 4);
        int weight = k * (Rows / 4);
        Quad left = inputs[input];
        Quad right = inputs[input + TShape.PixelItems];
        sum.low = SimtSums.MultiplyAdd(sum.low, weights[weight], left, right);
        sum.high = SimtSums.MultiplyAdd(sum.high, weights[weight + TShape.RowItems], left, right);
        return sum;
    }

    public static void Lay(SimtProduct<TShape> sum, int part, ArrayView<Quad> target)
    {
        ArrayView<Quad> row = target.SubView(RowItem * (Pixels / 4) + PixelItem);
        ArrayView<Quad> far = row.SubView(TShape.RowItems * (Pixels / 4));
        SimtRow lowRow = SimtSums.RowOf(sum.low, part);
        SimtRow highRow = SimtSums.RowOf(sum.high, part);
        row[0] = lowRow.Low;
        row[TShape.PixelItems] = lowRow.High;
        far[0] = highRow.Low;
        far[TShape.PixelItems] = highRow.High;
    }
}
