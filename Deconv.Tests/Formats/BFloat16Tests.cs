using System.Globalization;

namespace Deconv.Tests.Formats;

/// <summary>Every one of the 65536 numbers, and what lies between each and the next.</summary>
[TestClass]
public sealed class BFloat16Tests
{
    private static IEnumerable<BFloat16> All =>
        Enumerable.Range(0, 65536).Select(bits => BFloat16.FromBits((ushort)bits));

    [TestMethod]
    public void Bits_stay_what_they_are()
    {
        foreach (BFloat16 value in All)
        {
            ushort bits = BFloat16.ToBits(value);
            uint wide = BitConverter.SingleToUInt32Bits((float)value);
            Assert.AreEqual((uint)bits << 16, wide, $"{bits:x}");
            if (BFloat16.IsNaN(value))
                continue;
            Assert.AreEqual(bits, BFloat16.ToBits((BFloat16)(float)value), $"{bits:x} through float");
            Assert.AreEqual(bits, BFloat16.ToBits((BFloat16)(double)value), $"{bits:x} through double");
        }
    }

    [TestMethod]
    public void NaN_stays_NaN_of_its_sign()
    {
        foreach (BFloat16 value in All.Where(BFloat16.IsNaN))
        {
            float single = (float)value;
            Assert.IsTrue(BFloat16.IsNaN((BFloat16)single));
            Assert.AreEqual(BFloat16.IsNegative(value), BFloat16.IsNegative((BFloat16)single));
            Assert.IsTrue(BFloat16.IsNaN((BFloat16)(double)value));
        }

        // Payloads that the upper half does not hold.
        Assert.IsTrue(BFloat16.IsNaN((BFloat16)BitConverter.UInt32BitsToSingle(0x7F80_0001)));
        Assert.IsTrue(BFloat16.IsNaN((BFloat16)BitConverter.UInt32BitsToSingle(0xFFFF_FFFF)));
        Assert.IsTrue(BFloat16.IsNaN((BFloat16)Half.NaN));
    }

    [TestMethod]
    public void Numbers_between_two_go_to_the_nearer_and_ties_to_the_even()
    {
        for (int bits = 0; bits < 0x7F80; ++bits)
        {
            // Above the greatest comes what would be the next if the exponent went on: infinity.
            double low = (double)BFloat16.FromBits((ushort)bits);
            double high = bits == 0x7F7F
                ? Math.ScaleB(1, 128)
                : (double)BFloat16.FromBits((ushort)(bits + 1));
            double middle = (low + high) / 2;
            int even = bits % 2 == 0 ? bits : bits + 1;

            AssertRounds(bits, Math.BitDecrement(middle));
            AssertRounds(even, middle);
            AssertRounds(bits + 1, Math.BitIncrement(middle));
            // A float can hold the middle, and a step of a float to either side.
            AssertRoundsSingle(bits, MathF.BitDecrement((float)middle));
            AssertRoundsSingle(even, (float)middle);
            AssertRoundsSingle(bits + 1, MathF.BitIncrement((float)middle));
        }
    }

    [TestMethod]
    public void Doubles_beyond_floats_become_infinities_and_zeros()
    {
        AssertRounds(0x7F80, double.MaxValue);
        AssertRounds(0x7F80, float.MaxValue * 1.5);
        AssertRounds(0x7F80, double.PositiveInfinity);
        AssertRounds(0, double.Epsilon);
        AssertRounds(0, 0.0);
    }

    [TestMethod]
    public void Halves_are_rounded_both_ways()
    {
        foreach (int bits in Enumerable.Range(0, 65536))
        {
            Half half = BitConverter.UInt16BitsToHalf((ushort)bits);
            if (!Half.IsNaN(half))
                Assert.AreEqual((BFloat16)(float)half, (BFloat16)half);
            BFloat16 value = BFloat16.FromBits((ushort)bits);
            Assert.AreEqual((Half)(float)value, (Half)value);
        }
    }

    [TestMethod]
    public void Constants_have_their_values()
    {
        Assert.AreEqual(Math.ScaleB(1, -133), (double)BFloat16.Epsilon);
        Assert.AreEqual(Math.ScaleB(255, 120), (double)BFloat16.MaxValue);
        Assert.AreEqual(-Math.ScaleB(255, 120), (double)BFloat16.MinValue);
        Assert.AreEqual(double.PositiveInfinity, (double)BFloat16.PositiveInfinity);
        Assert.AreEqual(double.NegativeInfinity, (double)BFloat16.NegativeInfinity);
        Assert.IsTrue(double.IsNaN((double)BFloat16.NaN));
        Assert.IsTrue(BFloat16.IsNegative(BFloat16.NaN), "as in Half");
    }

    [TestMethod]
    public void Kinds_are_those_of_the_float()
    {
        foreach (BFloat16 value in All)
        {
            Assert.AreEqual(float.IsNaN((float)value), BFloat16.IsNaN(value));
            Assert.AreEqual(float.IsInfinity((float)value), BFloat16.IsInfinity(value));
            Assert.AreEqual(float.IsFinite((float)value), BFloat16.IsFinite(value));
            Assert.AreEqual(float.IsNegative((float)value), BFloat16.IsNegative(value));
        }
    }

    [TestMethod]
    public void Comparisons_are_those_of_Half()
    {
        float[] values = [float.NaN, float.NegativeInfinity, -1, -0f, 0, 1, float.PositiveInfinity];
        foreach (float x in values)
        {
            foreach (float y in values)
            {
                (BFloat16 a, BFloat16 b) = ((BFloat16)x, (BFloat16)y);
                (Half c, Half d) = ((Half)x, (Half)y);
                string what = $"{x}, {y}";
                Assert.AreEqual(c == d, a == b, what);
                Assert.AreEqual(c != d, a != b, what);
                Assert.AreEqual(c < d, a < b, what);
                Assert.AreEqual(c > d, a > b, what);
                Assert.AreEqual(c <= d, a <= b, what);
                Assert.AreEqual(c >= d, a >= b, what);
                Assert.AreEqual(c.Equals(d), a.Equals(b), what);
                Assert.AreEqual(c.Equals((object)d), a.Equals((object)b), what);
                Assert.AreEqual(Math.Sign(c.CompareTo(d)), Math.Sign(a.CompareTo(b)), what);
                if (a.Equals(b))
                    Assert.AreEqual(a.GetHashCode(), b.GetHashCode(), what);
            }
        }

        Assert.AreEqual(1, BFloat16.MinValue.CompareTo(null));
        Assert.ThrowsExactly<ArgumentException>(() => BFloat16.MinValue.CompareTo(1f));
    }

    [TestMethod]
    public void Text_is_read_and_written()
    {
        foreach (BFloat16 value in All.Where(value => !BFloat16.IsNaN(value)))
        {
            string text = value.ToString(null, CultureInfo.InvariantCulture);
            Assert.AreEqual(((float)value).ToString(CultureInfo.InvariantCulture), text);
            Assert.AreEqual(value, BFloat16.Parse(text, CultureInfo.InvariantCulture));
        }

        Span<char> room = stackalloc char[4];
        Assert.IsTrue(((BFloat16)1.5f).TryFormat(room, out int written, "F2", CultureInfo.InvariantCulture));
        Assert.AreEqual("1.50", room[..written].ToString());
        Assert.IsFalse(((BFloat16)10.5f).TryFormat(room, out _, "F2", CultureInfo.InvariantCulture));
        Assert.IsFalse(BFloat16.TryParse("one", CultureInfo.InvariantCulture, out _));
        Assert.ThrowsExactly<FormatException>(() => BFloat16.Parse("one", CultureInfo.InvariantCulture));
        // Just above the middle of 1 and the next: a float would not see it.
        Assert.AreEqual(
            1.0078125f, (float)BFloat16.Parse("1.003906250000001", CultureInfo.InvariantCulture));
    }

    private static void AssertRounds(int expected, double value)
    {
        Assert.AreEqual(expected, BFloat16.ToBits((BFloat16)value), $"{value:R}");
        Assert.AreEqual(expected | 0x8000, BFloat16.ToBits((BFloat16)(-value)), $"-{value:R}");
    }

    private static void AssertRoundsSingle(int expected, float value)
    {
        Assert.AreEqual(expected, BFloat16.ToBits((BFloat16)value), $"{value:R}");
        Assert.AreEqual(expected | 0x8000, BFloat16.ToBits((BFloat16)(-value)), $"-{value:R}");
    }
}
