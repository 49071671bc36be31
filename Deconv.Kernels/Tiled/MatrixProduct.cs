using System.Collections.Immutable;
using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// Sums by tensor cores. A warp owns 64 rows, and half or a quarter of the pixels, as products of 16 rows with 8
/// pixels: the product (m, n) has the rows 4i + m and the pixels 8n + j. There are as many items as pixels. Both
/// factors lie in shared memory as <see cref="MatrixStage"/> says.
/// </summary>
internal struct MatrixProduct<TNumbers, TSums, TPixels, TColumns>
    : ITiledProduct<MatrixProduct<TNumbers, TSums, TPixels, TColumns>>
    where TNumbers : struct, IMatrixNumbers
    where TSums : struct, IMatrixSums<TSums, TPixels>
    where TPixels : struct
    where TColumns : struct, IWarpColumns
{
    private TSums row0;
    private TSums row1;
    private TSums row2;
    private TSums row3;

    public static int Rows => MatrixStage.WarpRows * TSums.Pixels / 32;

    public static int Pixels => TColumns.Count * TSums.Pixels;

    public static int GroupSize => 32 * TColumns.Count * Rows / MatrixStage.WarpRows;

    public static int Depth => MatrixStage.Runs * TNumbers.RunLength;

    public static bool IsByOutputChannel => true;

    public static int InputQuads => Pixels * MatrixStage.Runs;

    public static int WeightQuads => Rows * MatrixStage.Runs;

    /// <summary>So much longer that the items of a warp write to different banks.</summary>
    public static int SumPitch => Pixels + 8;

    public static double FusedShare => 0;

    public static ImmutableArray<string> Instructions =>
        ["ldmatrix.sync.aligned.m8n8.x4.shared.b16", "cp.async.cg.shared.global", TNumbers.Instruction];

    public static int FirstInput => MatrixStage.Runs * (FirstPixel + MatrixStage.InputRow(Group.IdxX));

    public static int FirstWeight => MatrixStage.Runs * (FirstRow + MatrixStage.WeightRow(Group.IdxX));

    /// <summary>The first of the warp's pixels, and of its rows.</summary>
    private static int FirstPixel => Group.IdxX / 32 % TColumns.Count * TSums.Pixels;

    private static int FirstRow => Group.IdxX / 32 / TColumns.Count * MatrixStage.WarpRows;

    public static MatrixProduct<TNumbers, TSums, TPixels, TColumns> MultiplyAdd(
        MatrixProduct<TNumbers, TSums, TPixels, TColumns> sum, ArrayView<Quad> inputs, ArrayView<Quad> weights)
    {
        sum = MultiplyAdd(sum, 0, inputs, weights);
        return MultiplyAdd(sum, 2, inputs, weights);
    }

    public static void Lay(MatrixProduct<TNumbers, TSums, TPixels, TColumns> sum, int part, ArrayView<Quad> target)
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
    private static MatrixProduct<TNumbers, TSums, TPixels, TColumns> MultiplyAdd(
        MatrixProduct<TNumbers, TSums, TPixels, TColumns> sum, int run, ArrayView<Quad> inputs, ArrayView<Quad> weights)
    {
        TPixels pixels = TSums.Load<TNumbers>(inputs.SubView(
            MatrixStage.Place(MatrixStage.InputRow(Group.IdxX), MatrixStage.InputRun(Group.IdxX) + run)));
        weights = weights.SubView(
            MatrixStage.Place(MatrixStage.WeightRow(Group.IdxX), MatrixStage.WeightRun(Group.IdxX) + run));
        LeftFragment w0 = Hardware.LoadMatrices(ref weights[0]);
        LeftFragment w1 = Hardware.LoadMatrices(ref weights[MatrixStage.MatrixQuads]);
        LeftFragment w2 = Hardware.LoadMatrices(ref weights[2 * MatrixStage.MatrixQuads]);
        LeftFragment w3 = Hardware.LoadMatrices(ref weights[3 * MatrixStage.MatrixQuads]);
        sum.row0 = TSums.MultiplyAdd<TNumbers>(sum.row0, TNumbers.Split(w0), pixels);
        sum.row1 = TSums.MultiplyAdd<TNumbers>(sum.row1, TNumbers.Split(w1), pixels);
        sum.row2 = TSums.MultiplyAdd<TNumbers>(sum.row2, TNumbers.Split(w2), pixels);
        sum.row3 = TSums.MultiplyAdd<TNumbers>(sum.row3, TNumbers.Split(w3), pixels);
        return sum;
    }
}
