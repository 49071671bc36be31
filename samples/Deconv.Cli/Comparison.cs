using System.Globalization;
using System.Numerics.Tensors;
using Deconv.Runtime;

namespace Deconv.Samples.Cli;

/// <summary>How a result differs from the one it must be.</summary>
/// <param name="LargestDifference">Of two elements, in absolute terms; NaN differs from NaN by nothing.</param>
/// <param name="FirstDifference">The first element whose bits differ, in words; null if none does.</param>
internal sealed record Comparison(double LargestDifference, string? FirstDifference)
{
    public bool IsBitwiseEqual => FirstDifference is null;

    public static Comparison Of(Tensor<float> expected, Tensor<float> actual)
    {
        if (!expected.Lengths.SequenceEqual(actual.Lengths))
        {
            return new(
                double.PositiveInfinity,
                $"the result is {TensorLengths.Text(actual.Lengths)}, expected {TensorLengths.Text(expected.Lengths)}");
        }

        float[] expectedValues = Npy.Values(expected);
        float[] actualValues = Npy.Values(actual);
        double largest = 0;
        string? first = null;
        for (int i = 0; i < expectedValues.Length; ++i)
        {
            (float e, float a) = (expectedValues[i], actualValues[i]);
            if (BitConverter.SingleToUInt32Bits(e) == BitConverter.SingleToUInt32Bits(a))
                continue;
            first ??= string.Create(CultureInfo.InvariantCulture, $"element {i} is {a:R}, expected {e:R}");
            largest = Math.Max(largest, Difference(e, a));
        }

        return new(largest, first);
    }

    private static double Difference(float expected, float actual)
    {
        if (expected.Equals(actual))
            return 0;
        double difference = Math.Abs((double)expected - actual);
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }
}
