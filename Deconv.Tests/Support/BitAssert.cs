using System.Globalization;
using System.Runtime.InteropServices;

namespace Deconv.Tests.Support;

/// <summary>Compares numbers by their bits, so that NaN equals NaN and -0 differs from 0.</summary>
internal static class BitAssert
{
    public static void AreEqual<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what)
        where T : unmanaged
    {
        Assert.AreEqual(expected.Length, actual.Length, $"{what}: number of elements");
        int differences = 0;
        string first = "";
        for (int i = 0; i < expected.Length; ++i)
        {
            if (Bits(expected, i).SequenceEqual(Bits(actual, i)))
                continue;
            if (differences++ == 0)
            {
                first = string.Create(
                    CultureInfo.InvariantCulture,
                    $"element {i} is {actual[i]}, expected {expected[i]}");
            }
        }

        Assert.AreEqual(0, differences, $"{what}: {differences} of {expected.Length} differ; {first}");
    }

    private static ReadOnlySpan<byte> Bits<T>(ReadOnlySpan<T> values, int index)
        where T : unmanaged => MemoryMarshal.AsBytes(values.Slice(index, 1));
}
