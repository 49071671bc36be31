namespace Deconv.Kernels.Formats;

/// <summary>Complex numbers, multiplied as they are defined, so that NaN and infinity go where they must.</summary>
internal readonly struct ComplexFloat32Format : IFormat<FloatPair, FloatPair>
{
    public static FloatPair Widen(FloatPair element) => element;

    public static FloatPair Round(FloatPair number) => number;

    public static FloatPair Add(FloatPair left, FloatPair right)
    {
        left.Real += right.Real;
        left.Imaginary += right.Imaginary;
        return left;
    }

    public static FloatPair MultiplyAdd(FloatPair sum, FloatPair left, FloatPair right)
    {
        sum.Real += left.Real * right.Real - left.Imaginary * right.Imaginary;
        sum.Imaginary += left.Real * right.Imaginary + left.Imaginary * right.Real;
        return sum;
    }
}
