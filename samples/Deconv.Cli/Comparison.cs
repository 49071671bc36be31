using System.Numerics;
using Deconv.Runtime;

namespace Deconv.Samples.Cli;

/// <summary>How a result differs from the one it must be.</summary>
/// <param name="LargestDifference">Of two elements, in absolute terms; NaN differs from NaN by nothing.</param>
/// <param name="FirstDifference">The first element whose bits differ, in words; null if none does.</param>
internal sealed record Comparison(double LargestDifference, string? FirstDifference)
{
    public bool IsBitwiseEqual => FirstDifference is null;

    /// <summary>Compares two arrays of one type.</summary>
    public static Comparison Of(NpyArray expected, NpyArray actual)
    {
        if (!expected.Lengths.SequenceEqual(actual.Lengths))
        {
            return new(
                double.PositiveInfinity,
                $"the result is {TensorLengths.Text(actual.Lengths)}, expected {TensorLengths.Text(expected.Lengths)}");
        }

        Dtype dtype = expected.Dtype;
        Complex[] expectedNumbers = dtype.Numbers(expected.Bytes);
        Complex[] actualNumbers = dtype.Numbers(actual.Bytes);
        double largest = 0;
        string? first = null;
        for (int i = 0; i < expectedNumbers.Length; ++i)
        {
            ReadOnlySpan<byte> e = expected[i];
            ReadOnlySpan<byte> a = actual[i];
            if (e.SequenceEqual(a))
                continue;
            first ??= $"element {i} is {dtype.Text(a)}, expected {dtype.Text(e)}";
            largest = Math.Max(largest, Difference(expectedNumbers[i], actualNumbers[i]));
        }

        return new(largest, first);
    }

    private static double Difference(Complex expected, Complex actual)
    {
        if (expected.Equals(actual))
            return 0;
        double difference = Complex.Abs(expected - actual);
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }
}
