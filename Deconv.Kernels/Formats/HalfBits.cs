using System.Runtime.CompilerServices;
using ILGPU;

namespace Deconv.Kernels.Formats;

/// <summary>
/// IEEE 754's binary16. ILGPU's own half needs a capability that many OpenCL devices lack.
/// </summary>
internal readonly struct HalfBits : ISixteenBits
{
    private const int FractionShift = 23 - 10;
    private const uint SignMask = 0x8000;
    private const uint Infinity = 0x7c00;
    private const uint QuietNaN = 0x7e00;
    private const uint LeastNormal = 0x0400;

    /// <summary>The least subnormal number, 2^-24.</summary>
    private const float Step = 1f / (1 << 24);

    /// <summary>A sum with it is a whole number of those steps: so much is its last bit.</summary>
    private const float StepIsLastBit = 0.5f;

    /// <summary>The bits of that sum with zero, and of <see cref="StepIsLastBit"/>.</summary>
    private const uint ZeroSteps = 0x3f000000;

    /// <summary>From the exponent of a half to that of a float, in the place where a float has it.</summary>
    private const uint Rebias = (127 - 15) << 23;

    private const uint FloatInfinity = 0x7f800000;

    /// <summary>The sign, and where a half's exponent and fraction go in a float.</summary>
    private const uint ScaledMask = 0x8fffe000;

    /// <summary>2^112, as <see cref="Rebias"/> has it.</summary>
    private const float Scale = (1L << 56) * (float)(1L << 56);

    /// <summary>The bits of 2^-14, the least float that is a normal half.</summary>
    private const uint FloatLeastNormal = 0x38800000;

    /// <summary>The bits of 2^16, which no finite half reaches.</summary>
    private const uint FloatOverflow = 0x47800000;

    /// <summary>
    /// -126 * 2^10, modulo 2^16: the exponent of what is added to a float is 13 + 112 more than the half's, and the
    /// leading one, which is among the sum's steps, makes one more.
    /// </summary>
    private const uint RebiasedSteps = 0x0800;

    /// <summary>Times 16 bits, these twice.</summary>
    private const uint OfBoth = 0x00010001;

    /// <summary>Almost half a step. A carry goes on to the exponent, as it should, and to infinity.</summary>
    private const uint BelowHalf = 0x0fff;

    public static float ToFloat(ushort bits)
    {
        uint magnitude = bits & ~SignMask;
        uint wide = magnitude << FractionShift;
        if (magnitude >= Infinity)
            wide |= FloatInfinity;
        else if (magnitude >= LeastNormal)
            wide += Rebias;
        else
            wide = Interop.FloatAsInt((int)magnitude * Step);
        return Interop.IntAsFloat(((bits & SignMask) << 16) | wide);
    }

    public static ushort Round(float value)
    {
        uint bits = Interop.FloatAsInt(value);
        uint magnitude = bits & int.MaxValue;
        uint half;
        if (magnitude > FloatInfinity)
            half = QuietNaN;
        else if (magnitude >= FloatOverflow)
            half = Infinity;
        else if (magnitude >= FloatLeastNormal)
            half = (magnitude - Rebias + BelowHalf + ((magnitude >> FractionShift) & 1)) >> FractionShift;
        else
            half = Interop.FloatAsInt(Interop.IntAsFloat(magnitude) + StepIsLastBit) - ZeroSteps;
        return (ushort)(((bits >> 16) & SignMask) | half);
    }

    /// <remarks>
    /// Exponent and fraction in a float's places, where they stand for 2^-112 of the number. Kernels
    /// do otherwise, for these floats may be subnormal, which not every device keeps.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ToFloat<TBitVector, TVector>(TVector bits)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct
    {
        TVector scaled = TBitVector.And(TBitVector.ShiftLeft(bits, FractionShift), TBitVector.Fill(ScaledMask));
        TVector value = TBitVector.MultiplyFloats(scaled, TBitVector.Fill(BitConverter.SingleToUInt32Bits(Scale)));
        TVector magnitude = TBitVector.And(bits, TBitVector.Fill(SignMask - 1));
        if (TBitVector.AreAllLess(magnitude, TBitVector.Fill(Infinity)))
            return value;
        TVector isSpecial = TBitVector.IsGreater(magnitude, TBitVector.Fill(Infinity - 1));
        return TBitVector.Select(isSpecial, TBitVector.Or(value, TBitVector.Fill(FloatInfinity)), value);
    }

    /// <remarks>
    /// A power of two is added of which the last bit is the half's last step, so that the machine rounds:
    /// 2^13 times the number's own, but not less than for the least normal half, which has the steps of those below.
    /// The sum's lower half is then a number of steps, and the exponent, which counts 2^10 of them each, comes to it;
    /// both as a half has its bits, modulo 2^16. All but the sum is had from the floats' upper halves, side by side.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector RoundPairs<TBitVector, TVector>(TVector lower, TVector upper)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct
    {
        TVector signs = TBitVector.Fill(SignMask * OfBoth);
        TVector high = Join<TBitVector, TVector>(TBitVector.ShiftRight(lower, 16), upper);
        TVector power = TBitVector.MaxShorts(
            TBitVector.And(high, TBitVector.Fill((FloatInfinity >> 16) * OfBoth)),
            TBitVector.Fill((FloatLeastNormal >> 16) * OfBoth));
        TVector added = TBitVector.Select(
            signs, high, TBitVector.AddShorts(power, TBitVector.Fill((FractionShift << 7) * OfBoth)));
        TVector lowerSum = TBitVector.AddFloats(lower, TBitVector.ShiftLeft(added, 16));
        TVector upperSum = TBitVector.AddFloats(upper, TBitVector.And(added, TBitVector.Fill(~(uint)ushort.MaxValue)));
        TVector steps = Join<TBitVector, TVector>(lowerSum, TBitVector.ShiftLeft(upperSum, 16));
        TVector half = TBitVector.AddShorts(
            TBitVector.AddShorts(steps, TBitVector.Fill(RebiasedSteps * OfBoth)), TBitVector.ShiftShortsLeft(added, 10 - 7));
        TVector greatest = TBitVector.Fill(((FloatOverflow >> 16) - 1) * OfBoth);
        if (TBitVector.IsAnyGreaterOfShorts(power, greatest))
        {
            TVector bound = Bound<TBitVector, TVector>(lower, upper);
            half = TBitVector.Select(TBitVector.IsGreaterOfShorts(power, greatest), bound, half);
        }

        return TBitVector.Select(signs, high, half);
    }

    /// <summary>NaN where the float is one, else infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Bound<TBitVector, TVector>(TVector lower, TVector upper)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct
    {
        TVector isNaN = Join<TBitVector, TVector>(IsNaN<TBitVector, TVector>(lower), IsNaN<TBitVector, TVector>(upper));
        return TBitVector.Select(isNaN, TBitVector.Fill(QuietNaN * OfBoth), TBitVector.Fill(Infinity * OfBoth));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector IsNaN<TBitVector, TVector>(TVector bits)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct =>
        TBitVector.IsGreater(TBitVector.And(bits, TBitVector.Fill(int.MaxValue)), TBitVector.Fill(FloatInfinity));

    /// <summary>The lower halves of one's lanes and the upper halves of the other's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Join<TBitVector, TVector>(TVector lower, TVector upper)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct =>
        TBitVector.Select(TBitVector.Fill(ushort.MaxValue), lower, upper);
}
