using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>The sums that an item has of 16 rows and the pixels of a warp, and the pixels that make them.</summary>
internal interface ISixteenBitSums<TSelf, TPixels>
    where TSelf : struct, ISixteenBitSums<TSelf, TPixels>
    where TPixels : struct
{
    static abstract int Pixels { get; }

    /// <summary>Loads half a slice of the pixels, from the address that the item gives for the first 16.</summary>
    static abstract TPixels Load(ArrayView<Quad> inputs);

    static abstract TSelf MultiplyAdd<TMatrices>(TSelf sum, LeftFragment rows, TPixels pixels)
        where TMatrices : struct, ISixteenBitMatrices;

    /// <summary>Writes the sums of the item's two rows, from its first pixels on.</summary>
    static abstract void Lay(TSelf sum, ArrayView<QuadHalf> low, ArrayView<QuadHalf> high);
}

/// <summary>32 pixels, in two matrices of 16.</summary>
internal struct Pixels32
{
    public LeftFragment P0;
    public LeftFragment P1;
}

/// <inheritdoc cref="Pixels32"/>
internal struct Sums32 : ISixteenBitSums<Sums32, Pixels32>
{
    /// <summary>Pairs of numbers in eight pixels.</summary>
    private const int Step = 4;

    private SumFragment n0;
    private SumFragment n1;
    private SumFragment n2;
    private SumFragment n3;

    public static int Pixels => 32;

    public static Pixels32 Load(ArrayView<Quad> inputs)
    {
        Pixels32 pixels = default;
        pixels.P0 = Hardware.LoadMatrices(ref inputs[0]);
        pixels.P1 = Hardware.LoadMatrices(ref inputs[SixteenBitStage.MatrixQuads]);
        return pixels;
    }

    public static Sums32 MultiplyAdd<TMatrices>(Sums32 sum, LeftFragment rows, Pixels32 pixels)
        where TMatrices : struct, ISixteenBitMatrices
    {
        sum.n0 = TMatrices.MultiplyAdd(sum.n0, rows, Right(pixels.P0.W0, pixels.P0.W1));
        sum.n1 = TMatrices.MultiplyAdd(sum.n1, rows, Right(pixels.P0.W2, pixels.P0.W3));
        sum.n2 = TMatrices.MultiplyAdd(sum.n2, rows, Right(pixels.P1.W0, pixels.P1.W1));
        sum.n3 = TMatrices.MultiplyAdd(sum.n3, rows, Right(pixels.P1.W2, pixels.P1.W3));
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
internal struct Sums64 : ISixteenBitSums<Sums64, Pixels64>
{
    private Sums32 low;
    private Sums32 high;

    public static int Pixels => 64;

    public static Pixels64 Load(ArrayView<Quad> inputs)
    {
        Pixels64 pixels = default;
        pixels.Low = Sums32.Load(inputs);
        pixels.High = Sums32.Load(inputs.SubView(2 * SixteenBitStage.MatrixQuads));
        return pixels;
    }

    public static Sums64 MultiplyAdd<TMatrices>(Sums64 sum, LeftFragment rows, Pixels64 pixels)
        where TMatrices : struct, ISixteenBitMatrices
    {
        sum.low = Sums32.MultiplyAdd<TMatrices>(sum.low, rows, pixels.Low);
        sum.high = Sums32.MultiplyAdd<TMatrices>(sum.high, rows, pixels.High);
        return sum;
    }

    public static void Lay(Sums64 sum, ArrayView<QuadHalf> low, ArrayView<QuadHalf> high)
    {
        Sums32.Lay(sum.low, low, high);
        Sums32.Lay(sum.high, low.SubView(Sums32.Pixels / 2), high.SubView(Sums32.Pixels / 2));
    }
}
