using Deconv.Kernels.Intrinsics;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// The sums of four rows and eight pixels: a field for each, since ILGPU keeps an indexed array in slow
/// local memory and unrolls no loop.
/// </summary>
internal struct SimtSums
{
    public SimtRow R0;
    public SimtRow R1;
    public SimtRow R2;
    public SimtRow R3;

    /// <summary>Adds the products of the rows' weights and the pixels.</summary>
    public static SimtSums MultiplyAdd(SimtSums sum, Quad weights, Quad low, Quad high)
    {
        sum.R0 = SimtRow.MultiplyAdd(sum.R0, weights.X, low, high);
        sum.R1 = SimtRow.MultiplyAdd(sum.R1, weights.Y, low, high);
        sum.R2 = SimtRow.MultiplyAdd(sum.R2, weights.Z, low, high);
        sum.R3 = SimtRow.MultiplyAdd(sum.R3, weights.W, low, high);
        return sum;
    }

    public static SimtRow RowOf(SimtSums sum, int row)
    {
        SimtRow value = sum.R0;
        if (row == 1)
            value = sum.R1;
        if (row == 2)
            value = sum.R2;
        if (row == 3)
            value = sum.R3;
        return value;
    }
}

/// <summary>A row of <see cref="SimtSums"/>: two runs of four pixels.</summary>
internal struct SimtRow
{
    public Quad Low;
    public Quad High;

    public static SimtRow MultiplyAdd(SimtRow sum, float weight, Quad low, Quad high)
    {
        sum.Low = MultiplyAdd(sum.Low, weight, low);
        sum.High = MultiplyAdd(sum.High, weight, high);
        return sum;
    }

    private static Quad MultiplyAdd(Quad sum, float weight, Quad pixels)
    {
        sum.X = Hardware.MultiplyAdd(weight, pixels.X, sum.X);
        sum.Y = Hardware.MultiplyAdd(weight, pixels.Y, sum.Y);
        sum.Z = Hardware.MultiplyAdd(weight, pixels.Z, sum.Z);
        sum.W = Hardware.MultiplyAdd(weight, pixels.W, sum.W);
        return sum;
    }
}
