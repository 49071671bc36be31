using System.Collections.Immutable;
using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// Sums by tensor cores, 128 rows of 128 pixels. A warp owns 64 rows of 32 pixels, as 4 x 4 products of 16
/// rows with 8 pixels: the product (m, n) has the rows 4i + m and the pixels 4j + n, so that the items read
/// and write whole quads. A channel's numbers are a few quads longer than they need be, so that the items
/// of a warp find theirs in different banks of shared memory.
/// </summary>
internal struct TensorProduct<TPrecision> : IFloatProduct<TensorProduct<TPrecision>>
    where TPrecision : struct, ITensorPrecision
{
    private const int WarpQuadsOfRows = 16;
    private const int WarpQuadsOfPixels = 8;
    private const int WarpsOfPixels = 4;

    private TensorRow row0;
    private TensorRow row1;
    private TensorRow row2;
    private TensorRow row3;

    public static int Rows => 128;

    public static int Pixels => 128;

    public static int GroupSize => 256;

    public static int Depth => 8;

    public static bool IsByOutputChannel => false;

    public static int InputQuads => Depth * InputPitch / 4;

    public static int WeightQuads => Depth * WeightPitch;

    public static int SumPitch => Pixels;

    public static int InputPitch => Pixels + 8;

    public static int WeightPitch => Rows / 4 + 2;

    public static bool HasManyStarts => false;

    public static ImmutableArray<string> Instructions =>
        ["ld.shared.v4.f32", "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32"];

    public static double FusedShare => 0;

    public static int FirstInput => Group.IdxX % 4 * (InputPitch / 4) + PixelQuad + Group.IdxX % 32 / 4;

    public static int FirstWeight => Group.IdxX % 4 * WeightPitch + RowQuad;

    /// <summary>The first quad of rows of the item, of a tile's.</summary>
    private static int RowQuad => Group.IdxX / 32 / WarpsOfPixels * WarpQuadsOfRows + Group.IdxX % 32 / 4;

    /// <summary>The first quad of pixels of the warp, of a tile's.</summary>
    private static int PixelQuad => Group.IdxX / 32 % WarpsOfPixels * WarpQuadsOfPixels;

    public static TensorProduct<TPrecision> MultiplyAdd(
        TensorProduct<TPrecision> sum, ArrayView<Quad> inputs, ArrayView<Quad> weights)
    {
        Quad pixels = inputs[0];
        Quad farPixels = inputs[InputPitch];
        RightParts p0 = TPrecision.Split(pixels.X, farPixels.X);
        RightParts p1 = TPrecision.Split(pixels.Y, farPixels.Y);
        RightParts p2 = TPrecision.Split(pixels.Z, farPixels.Z);
        RightParts p3 = TPrecision.Split(pixels.W, farPixels.W);
        Quad low = weights[0];
        Quad high = weights[8];
        Quad farLow = weights[4 * WeightPitch];
        Quad farHigh = weights[4 * WeightPitch + 8];
        sum.row0 = MultiplyAdd(sum.row0, TPrecision.Split(low.X, high.X, farLow.X, farHigh.X), p0, p1, p2, p3);
        sum.row1 = MultiplyAdd(sum.row1, TPrecision.Split(low.Y, high.Y, farLow.Y, farHigh.Y), p0, p1, p2, p3);
        sum.row2 = MultiplyAdd(sum.row2, TPrecision.Split(low.Z, high.Z, farLow.Z, farHigh.Z), p0, p1, p2, p3);
        sum.row3 = MultiplyAdd(sum.row3, TPrecision.Split(low.W, high.W, farLow.W, farHigh.W), p0, p1, p2, p3);
        return sum;
    }

    public static void Lay(TensorProduct<TPrecision> sum, int part, ArrayView<Quad> target)
    {
        TensorRow row = sum.row0;
        if (part == 1)
            row = sum.row1;
        if (part == 2)
            row = sum.row2;
        if (part == 3)
            row = sum.row3;
        ArrayView<Quad> low = target.SubView(RowQuad * (Pixels / 4) + PixelQuad + Group.IdxX % 4 * 2);
        ArrayView<Quad> high = low.SubView(8 * (Pixels / 4));
        low[0] = QuadOf(row.N0.S0, row.N1.S0, row.N2.S0, row.N3.S0);
        low[1] = QuadOf(row.N0.S1, row.N1.S1, row.N2.S1, row.N3.S1);
        high[0] = QuadOf(row.N0.S2, row.N1.S2, row.N2.S2, row.N3.S2);
        high[1] = QuadOf(row.N0.S3, row.N1.S3, row.N2.S3, row.N3.S3);
    }

    private static TensorRow MultiplyAdd(
        TensorRow sum, LeftParts rows, RightParts p0, RightParts p1, RightParts p2, RightParts p3)
    {
        sum.N0 = TPrecision.MultiplyAdd(sum.N0, rows, p0);
        sum.N1 = TPrecision.MultiplyAdd(sum.N1, rows, p1);
        sum.N2 = TPrecision.MultiplyAdd(sum.N2, rows, p2);
        sum.N3 = TPrecision.MultiplyAdd(sum.N3, rows, p3);
        return sum;
    }

    private static Quad QuadOf(float x, float y, float z, float w)
    {
        Quad quad = default;
        quad.X = x;
        quad.Y = y;
        quad.Z = z;
        quad.W = w;
        return quad;
    }
}

/// <summary>The sums of 16 rows and 32 pixels.</summary>
internal struct TensorRow
{
    public SumFragment N0;
    public SumFragment N1;
    public SumFragment N2;
    public SumFragment N3;
}
