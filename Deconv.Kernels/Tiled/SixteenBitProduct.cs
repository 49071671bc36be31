using System.Collections.Immutable;
using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// Sums by tensor cores of numbers of sixteen bits, 128 rows of 128 pixels. A warp owns 64 rows of 64 pixels, as
/// 4 x 8 products of 16 rows with 8 pixels: the product (m, n) has the rows 4i + m and the pixels 8n + j.
/// Both factors lie in shared memory as <see cref="SixteenBitStage"/> says.
/// </summary>
internal struct SixteenBitProduct<TMatrices> : ITiledProduct<SixteenBitProduct<TMatrices>>
    where TMatrices : struct, ISixteenBitMatrices
{
    private const int WarpsOfPixels = 2;

    /// <summary>Quads of a matrix in shared memory.</summary>
    private const int MatrixQuads = SixteenBitStage.MatrixRows * SixteenBitStage.Runs;

    private SixteenBitSums row0;
    private SixteenBitSums row1;
    private SixteenBitSums row2;
    private SixteenBitSums row3;

    public static int Rows => 128;

    public static int Pixels => 128;

    public static int GroupSize => 128;

    public static int Depth => SixteenBitStage.Depth;

    public static bool IsByOutputChannel => true;

    public static int InputQuads => Pixels * SixteenBitStage.Runs;

    public static int WeightQuads => Rows * SixteenBitStage.Runs;

    /// <summary>So much longer that the items of a warp write their pairs to different banks.</summary>
    public static int SumPitch => Pixels + 8;

    public static double FusedShare => 0;

    public static ImmutableArray<string> Instructions =>
        ["ldmatrix.sync.aligned.m8n8.x4.shared.b16", "st.shared.v4.b32", TMatrices.Instruction];

    public static int FirstInput => SixteenBitStage.Runs
        * (Group.IdxX / 32 % WarpsOfPixels * SixteenBitStage.WarpRows + SixteenBitStage.InputRow);

    public static int FirstWeight => SixteenBitStage.Runs
        * (Group.IdxX / 32 / WarpsOfPixels * SixteenBitStage.WarpRows + SixteenBitStage.WeightRow);

    public static SixteenBitProduct<TMatrices> MultiplyAdd(
        SixteenBitProduct<TMatrices> sum, ArrayView<Quad> inputs, ArrayView<Quad> weights)
    {
        sum = MultiplyAddHalf(sum, 0, inputs, weights);
        return MultiplyAddHalf(sum, 2, inputs, weights);
    }

    public static void Lay(SixteenBitProduct<TMatrices> sum, int part, ArrayView<Quad> target)
    {
        SixteenBitSums row = sum.row0;
        if (part == 1)
            row = sum.row1;
        if (part == 2)
            row = sum.row2;
        if (part == 3)
            row = sum.row3;
        int quad = Group.IdxX / 32 / WarpsOfPixels * (SixteenBitStage.WarpRows / 4) + Group.IdxX % 32 / 4;
        int pair = Group.IdxX / 32 % WarpsOfPixels * (SixteenBitStage.WarpRows / 2) + Group.IdxX % 4;
        ArrayView<QuadHalf> low = target.Cast<QuadHalf>().SubView(quad * (SumPitch / 2) + pair);
        SixteenBitSums.Lay(row, low, low.SubView(8 * (SumPitch / 2)));
    }

    /// <summary>Adds the products of half a slice, which begins with a run.</summary>
    private static SixteenBitProduct<TMatrices> MultiplyAddHalf(
        SixteenBitProduct<TMatrices> sum, int run, ArrayView<Quad> inputs, ArrayView<Quad> weights)
    {
        inputs = inputs.SubView(SixteenBitStage.Place(SixteenBitStage.InputRow, SixteenBitStage.InputRun + run));
        weights = weights.SubView(SixteenBitStage.Place(SixteenBitStage.WeightRow, SixteenBitStage.WeightRun + run));
        LeftFragment p0 = Hardware.LoadMatrices(ref inputs[0]);
        LeftFragment p1 = Hardware.LoadMatrices(ref inputs[MatrixQuads]);
        LeftFragment p2 = Hardware.LoadMatrices(ref inputs[2 * MatrixQuads]);
        LeftFragment p3 = Hardware.LoadMatrices(ref inputs[3 * MatrixQuads]);
        LeftFragment w0 = Hardware.LoadMatrices(ref weights[0]);
        LeftFragment w1 = Hardware.LoadMatrices(ref weights[MatrixQuads]);
        sum.row0 = MultiplyAdd(sum.row0, w0, p0, p1, p2, p3);
        LeftFragment w2 = Hardware.LoadMatrices(ref weights[2 * MatrixQuads]);
        sum.row1 = MultiplyAdd(sum.row1, w1, p0, p1, p2, p3);
        LeftFragment w3 = Hardware.LoadMatrices(ref weights[3 * MatrixQuads]);
        sum.row2 = MultiplyAdd(sum.row2, w2, p0, p1, p2, p3);
        sum.row3 = MultiplyAdd(sum.row3, w3, p0, p1, p2, p3);
        return sum;
    }

    private static SixteenBitSums MultiplyAdd(
        SixteenBitSums sum, LeftFragment rows, LeftFragment p0, LeftFragment p1, LeftFragment p2, LeftFragment p3)
    {
        sum.N0 = TMatrices.MultiplyAdd(sum.N0, rows, Low(p0));
        sum.N1 = TMatrices.MultiplyAdd(sum.N1, rows, High(p0));
        sum.N2 = TMatrices.MultiplyAdd(sum.N2, rows, Low(p1));
        sum.N3 = TMatrices.MultiplyAdd(sum.N3, rows, High(p1));
        sum.N4 = TMatrices.MultiplyAdd(sum.N4, rows, Low(p2));
        sum.N5 = TMatrices.MultiplyAdd(sum.N5, rows, High(p2));
        sum.N6 = TMatrices.MultiplyAdd(sum.N6, rows, Low(p3));
        sum.N7 = TMatrices.MultiplyAdd(sum.N7, rows, High(p3));
        return sum;
    }

    /// <summary>The first eight of sixteen pixels.</summary>
    private static RightFragment Low(LeftFragment pixels)
    {
        RightFragment right = default;
        right.W0 = pixels.W0;
        right.W1 = pixels.W1;
        return right;
    }

    private static RightFragment High(LeftFragment pixels)
    {
        RightFragment right = default;
        right.W0 = pixels.W2;
        right.W1 = pixels.W3;
        return right;
    }
}

/// <summary>The sums of 16 rows and 64 pixels.</summary>
internal struct SixteenBitSums
{
    public SumFragment N0;
    public SumFragment N1;
    public SumFragment N2;
    public SumFragment N3;
    public SumFragment N4;
    public SumFragment N5;
    public SumFragment N6;
    public SumFragment N7;

    /// <summary>Writes the sums of the item's two rows, from its first pixels on.</summary>
    public static void Lay(SixteenBitSums sum, ArrayView<QuadHalf> low, ArrayView<QuadHalf> high)
    {
        Lay(sum.N0, 0, low, high);
        Lay(sum.N1, 1, low, high);
        Lay(sum.N2, 2, low, high);
        Lay(sum.N3, 3, low, high);
        Lay(sum.N4, 4, low, high);
        Lay(sum.N5, 5, low, high);
        Lay(sum.N6, 6, low, high);
        Lay(sum.N7, 7, low, high);
    }

    private static void Lay(SumFragment sum, int number, ArrayView<QuadHalf> low, ArrayView<QuadHalf> high)
    {
        low[4 * number] = PairOf(sum.S0, sum.S1);
        high[4 * number] = PairOf(sum.S2, sum.S3);
    }

    private static QuadHalf PairOf(float x, float y)
    {
        QuadHalf pair = default;
        pair.X = x;
        pair.Y = y;
        return pair;
    }
}
