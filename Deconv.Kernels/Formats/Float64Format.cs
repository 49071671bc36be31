namespace Deconv.Kernels.Formats;

/// <summary>Elements that are numbers already.</summary>
internal readonly unsafe struct Float64Format : IRealFormat<double, double>
{
    public static bool IsPlain => true;

    public static double Widen(double element) => element;

    public static double Round(double number) => number;

    public static double Add(double left, double right) => left + right;

    public static double MultiplyAdd(double sum, double left, double right) => sum + left * right;

    public static void Widen(double* source, double* target, int count) =>
        new Span<double>(source, count).CopyTo(new Span<double>(target, count));

    public static void Round(double* source, double* target, int count) => Widen(source, target, count);

    public static void RoundPairs(double* even, double* odd, double addend, double* target, int pairs)
    {
        for (int i = 0; i < pairs; ++i)
            (target[2 * i], target[2 * i + 1]) = (even[i] + addend, odd[i] + addend);
    }
}
