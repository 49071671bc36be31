using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>The sums that an item has of 16 rows and the pixels of a warp, and the pixels that make them.</summary>
internal interface IMatrixSums<TSelf, TPixels>
    where TSelf : struct, IMatrixSums<TSelf, TPixels>
    where TPixels : struct
{
    static abstract int Pixels { get; }

    /// <summary>Loads half a slice of the pixels, from the address that the item gives for the first 16.</summary>
    static abstract TPixels Load<TNumbers>(ArrayView<Quad> inputs)
        where TNumbers : struct, IMatrixNumbers;

    static abstract TSelf MultiplyAdd<TNumbers>(TSelf sum, LeftParts rows, TPixels pixels)
        where TNumbers : struct, IMatrixNumbers;

    /// <summary>Writes the sums of the item's two rows, from its first pixels on.</summary>
    static abstract void Lay(TSelf sum, ArrayView<QuadHalf> low, ArrayView<QuadHalf> high);
}

/// <summary>32 pixels, in four matrices of eight.</summary>
internal struct Pixels32
{
    public RightParts P0;
    public RightParts P1;
    public RightParts P2;
    public RightParts P3;
}

/// <inheritdoc cref="Pixels32"/>
internal struct Sums32 : IMatrixSums<Sums32, Pixels32>
{
    /// <summary>Pairs of numbers in eight pixels.</summary>
    private const int Step = 4;

    private SumFragment n0;
    private SumFragment n1;
    private SumFragment n2;
    private SumFragment n3;

    public static int Pixels => 32;

    public static Pixels32 Load<TNumbers>(ArrayView<Quad> inputs)
        where TNumbers : struct, IMatrixNumbers
    {
        LeftFragment low = Hardware.LoadMatrices(ref inputs[0]);
        LeftFragment high = Hardware.LoadMatrices(ref inputs[MatrixStage.MatrixQuads]);
        Pixels32 pixels = default;
        pixels.P0 = TNumbers.Split(Right(low.W0, low.W1));
        pixels.P1 = TNumbers.Split(Right(low.W2, low.W3));
        pixels.P2 = TNumbers.Split(Right(high.W0, high.W1));
        pixels.P3 = TNumbers.Split(Right(high.W2, high.W3));
        return pixels;
    }

    public static Sums32 MultiplyAdd<TNumbers>(Sums32 sum, LeftParts rows, Pixels32 pixels)
        where TNumbers : struct, IMatrixNumbers
    {
        sum.n0 = TNumbers.MultiplyAdd(sum.n0, rows, pixels.P0);
        sum.n1 = TNumbers.MultiplyAdd(sum.n1, rows, pixels.P1);
        sum.n2 = TNumbers.MultiplyAdd(sum.n2, rows, pixels.P2);
        sum.n3 = TNumbers.MultiplyAdd(sum.n3, rows, pixels.P3);
        return sum;
    }

    public static void Lay(Sums32 sum, ArrayView<QuadHalf> low, ArrayView<QuadHalf> high)
    {
        low[0] = HalfOf(sum.n0.S0, sum.n0.S1);
        low[Step] = HalfOf(sum.n1.S0, sum.n1.S1);
        low[2 * Step] = HalfOf(sum.n2.S0, sum.n2.S1);
        low[3 * Step] = HalfOf(sum.n3.S0, sum.n3.S1);
        high[0] = HalfOf(sum.n0.S2, sum.n0.S3);
        high[Step] = HalfOf(sum.n1.S2, sum.n1.S3);
        high[2 * Step] = HalfOf(sum.n2.S2, sum.n2.S3);
        high[3 * Step] = HalfOf(sum.n3.S2, sum.n3.S3);
    }

    private static RightFragment Right(uint low, uint high)
    {
        RightFragment fragment = default;
        fragment.W0 = low;
        fragment.W1 = high;
        return fragment;
    }

    private static QuadHalf HalfOf(float x, float y)
    {
        QuadHalf half = default;
        half.X = x;
        half.Y = y;
        return half;
    }
}

/// <summary>64 pixels.</summary>
internal struct Pixels64
{
    public Pixels32 Low;
    public Pixels32 High;
}

/// <inheritdoc cref="Pixels64"/>
internal struct Sums64 : IMatrixSums<Sums64, Pixels64>
{
    private Sums32 low;
    private Sums32 high;

    public static int Pixels => 64;

    public static Pixels64 Load<TNumbers>(ArrayView<Quad> inputs)
        where TNumbers : struct, IMatrixNumbers
    {
        Pixels64 pixels = default;
        pixels.Low = Sums32.Load<TNumbers>(inputs);
        pixels.High = Sums32.Load<TNumbers>(inputs.SubView(2 * MatrixStage.MatrixQuads));
        return pixels;
    }

    public static Sums64 MultiplyAdd<TNumbers>(Sums64 sum, LeftParts rows, Pixels64 pixels)
        where TNumbers : struct, IMatrixNumbers
    {
        sum.low = Sums32.MultiplyAdd<TNumbers>(sum.low, rows, pixels.Low);
        sum.high = Sums32.MultiplyAdd<TNumbers>(sum.high, rows, pixels.High);
        return sum;
    }

    public static void Lay(Sums64 sum, ArrayView<QuadHalf> low, ArrayView<QuadHalf> high)
    {
        Sums32.Lay(sum.low, low, high);
        Sums32.Lay(sum.high, low.SubView(Sums32.Pixels / 2), high.SubView(Sums32.Pixels / 2));
    }
}
