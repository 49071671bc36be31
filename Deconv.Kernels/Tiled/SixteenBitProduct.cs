using System.Collections.Immutable;
using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// Sums by tensor cores of numbers of sixteen bits, of as many rows as pixels. A warp owns 64 rows, and half of the
/// pixels, as products of 16 rows with 8 pixels: the product (m, n) has the rows 4i + m and the pixels
/// 8n + j. Both factors lie in shared memory as <see cref="SixteenBitStage"/> says.
/// </summary>
internal struct SixteenBitProduct<TMatrices, TSums, TPixels> : ITiledProduct<SixteenBitProduct<TMatrices, TSums, TPixels>>
    where TMatrices : struct, ISixteenBitMatrices
    where TSums : struct, ISixteenBitSums<TSums, TPixels>
    where TPixels : struct
{
    private const int WarpsOfPixels = 2;

    private TSums row0;
    private TSums row1;
    private TSums row2;
    private TSums row3;

    public static int Rows => Pixels;

    public static int Pixels => WarpsOfPixels * TSums.Pixels;

    public static int GroupSize => 32 * WarpsOfPixels * Rows / SixteenBitStage.WarpRows;

    public static int Depth => SixteenBitStage.Depth;

    public static bool IsByOutputChannel => true;

    public static int InputQuads => Pixels * SixteenBitStage.Runs;

    public static int WeightQuads => Rows * SixteenBitStage.Runs;

    /// <summary>So much longer that the items of a warp write to different banks.</summary>
    public static int SumPitch => Pixels + 8;

    public static double FusedShare => 0;

    public static ImmutableArray<string> Instructions =>
        ["ldmatrix.sync.aligned.m8n8.x4.shared.b16", "cp.async.cg.shared.global", TMatrices.Instruction];

    public static int FirstInput => SixteenBitStage.Runs * (FirstPixel + SixteenBitStage.InputRow);

    public static int FirstWeight => SixteenBitStage.Runs * (FirstRow + SixteenBitStage.WeightRow);

    /// <summary>The first of the warp's pixels, and of its rows.</summary>
    private static int FirstPixel => Group.IdxX / 32 % WarpsOfPixels * TSums.Pixels;

    private static int FirstRow => Group.IdxX / 32 / WarpsOfPixels * SixteenBitStage.WarpRows;

    public static SixteenBitProduct<TMatrices, TSums, TPixels> MultiplyAdd(
        SixteenBitProduct<TMatrices, TSums, TPixels> sum, ArrayView<Quad> inputs, ArrayView<Quad> weights)
    {
        sum = MultiplyAdd(sum, 0, inputs, weights);
        return MultiplyAdd(sum, 2, inputs, weights);
    }

    public static void Lay(SixteenBitProduct<TMatrices, TSums, TPixels> sum, int part, ArrayView<Quad> target)
    {
        TSums row = sum.row0;
        if (part == 1)
            row = sum.row1;
        if (part == 2)
            row = sum.row2;
        if (part == 3)
            row = sum.row3;
        int quad = FirstRow / 4 + Group.IdxX % 32 / 4;
        ArrayView<QuadHalf> low = target.Cast<QuadHalf>().SubView(
            quad * (SumPitch / 2) + FirstPixel / 2 + Group.IdxX % 4);
        TSums.Lay(row, low, low.SubView(8 * (SumPitch / 2)));
    }

    /// <summary>Adds the products of half a slice, which begins with a run.</summary>
    private static SixteenBitProduct<TMatrices, TSums, TPixels> MultiplyAdd(
        SixteenBitProduct<TMatrices, TSums, TPixels> sum, int run, ArrayView<Quad> inputs, ArrayView<Quad> weights)
    {
        TPixels pixels = TSums.Load(inputs.SubView(
            SixteenBitStage.Place(SixteenBitStage.InputRow, SixteenBitStage.InputRun + run)));
        weights = weights.SubView(SixteenBitStage.Place(SixteenBitStage.WeightRow, SixteenBitStage.WeightRun + run));
        LeftFragment w0 = Hardware.LoadMatrices(ref weights[0]);
        LeftFragment w1 = Hardware.LoadMatrices(ref weights[SixteenBitStage.MatrixQuads]);
        LeftFragment w2 = Hardware.LoadMatrices(ref weights[2 * SixteenBitStage.MatrixQuads]);
        LeftFragment w3 = Hardware.LoadMatrices(ref weights[3 * SixteenBitStage.MatrixQuads]);
        sum.row0 = TSums.MultiplyAdd<TMatrices>(sum.row0, w0, pixels);
        sum.row1 = TSums.MultiplyAdd<TMatrices>(sum.row1, w1, pixels);
        sum.row2 = TSums.MultiplyAdd<TMatrices>(sum.row2, w2, pixels);
        sum.row3 = TSums.MultiplyAdd<TMatrices>(sum.row3, w3, pixels);
        return sum;
    }
}
