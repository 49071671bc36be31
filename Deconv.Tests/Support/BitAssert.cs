using System.Globalization;

namespace Deconv.Tests.Support;

/// <summary>Compares floats by their bits, so that NaN equals NaN and -0 differs from 0.</summary>
internal static class BitAssert
{
    public static void AreEqual(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.AreEqual(expected.Length, actual.Length, $"{what}: number of elements");
        int differences = 0;
        string first = "";
        for (int i = 0; i < expected.Length; ++i)
        {
            if (BitConverter.SingleToUInt32Bits(expected[i]) == BitConverter.SingleToUInt32Bits(actual[i]))
                continue;
            if (differences++ == 0)
            {
                first = string.Create(
                    CultureInfo.InvariantCulture,
                    $"element {i} is {actual[i]:R}, expected {expected[i]:R}");
            }
        }

        Assert.AreEqual(0, differences, $"{what}: {differences} of {expected.Length} differ; {first}");
    }
}
