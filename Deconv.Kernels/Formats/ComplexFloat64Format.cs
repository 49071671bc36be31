namespace Deconv.Kernels.Formats;

/// <summary>Complex numbers, multiplied as they are defined, so that NaN and infinity go where they must.</summary>
internal readonly struct ComplexFloat64Format : IFormat<DoublePair, DoublePair>
{
    public static DoublePair Widen(DoublePair element) => element;

    public static DoublePair Round(DoublePair number) => number;

    public static DoublePair Add(DoublePair left, DoublePair right)
    {
        left.Real += right.Real;
        left.Imaginary += right.Imaginary;
        return left;
    }

    public static DoublePair MultiplyAdd(DoublePair sum, DoublePair left, DoublePair right)
    {
        sum.Real += left.Real * right.Real - left.Imaginary * right.Imaginary;
        sum.Imaginary += left.Real * right.Imaginary + left.Imaginary * right.Real;
        return sum;
    }
}
