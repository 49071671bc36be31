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

    /// <summary>The bits of 65520, the least float that is nearer to infinity than to any half.</summary>
    private const uint FloatNearestInfinity = 0x477ff000;

    /// <summary>
    /// What the lower 16 bits lack when a float's exponent, 113 more than a half's with its leading one, is shifted
    /// to a half's place. It is even, so that it changes no tie.
    /// </summary>
    private const uint RebiasedSteps = 0x3c00;

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector RoundPairs<TBitVector, TVector>(TVector lower, TVector upper)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct
    {
        TVector lowerMagnitude = TBitVector.And(lower, TBitVector.Fill(int.MaxValue));
        TVector upperMagnitude = TBitVector.And(upper, TBitVector.Fill(int.MaxValue));
        TVector lowerHalf = RoundFinite<TBitVector, TVector>(lowerMagnitude);
        TVector upperHalf = RoundFinite<TBitVector, TVector>(upperMagnitude);
        TVector greater = TBitVector.Max(lowerMagnitude, upperMagnitude);
        if (!TBitVector.AreAllLess(greater, TBitVector.Fill(FloatNearestInfinity)))
        {
            lowerHalf = BoundHalf<TBitVector, TVector>(lowerHalf, lowerMagnitude);
            upperHalf = BoundHalf<TBitVector, TVector>(upperHalf, upperMagnitude);
        }

        TVector half = TBitVector.Select(
            TBitVector.Fill(ushort.MaxValue), lowerHalf, TBitVector.ShiftLeft(upperHalf, 16));
        TVector sign = TBitVector.Select(
            TBitVector.Fill(ushort.MaxValue), TBitVector.ShiftRight(lower, 16), upper);
        return TBitVector.Select(TBitVector.Fill((SignMask << 16) | SignMask), sign, half);
    }

    /// <summary>The halves of what becomes finite ones, in the lower half of each lane; the upper one is anything.</summary>
    /// <remarks>
    /// A power of two is added of which the last bit is the half's last step, so that the machine rounds:
    /// 2^13 times the number's own, but not less than for the least normal half, which has the steps of those below.
    /// The sum's fraction is then a number of steps, and the exponent, which counts 2^10 of them each, comes to it.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector RoundFinite<TBitVector, TVector>(TVector magnitude)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct
    {
        TVector power = TBitVector.Max(
            TBitVector.And(magnitude, TBitVector.Fill(FloatInfinity)), TBitVector.Fill(FloatLeastNormal));
        TVector steps = TBitVector.AddFloats(
            magnitude, TBitVector.Add(power, TBitVector.Fill((FractionShift << 23) + RebiasedSteps)));
        return TBitVector.Add(steps, TBitVector.ShiftRight(power, FractionShift));
    }

    /// <summary>Infinity and NaN where the float is nearest to them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector BoundHalf<TBitVector, TVector>(TVector half, TVector magnitude)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct
    {
        TVector isInfinity = TBitVector.IsGreater(magnitude, TBitVector.Fill(FloatNearestInfinity - 1));
        TVector isNaN = TBitVector.IsGreater(magnitude, TBitVector.Fill(FloatInfinity));
        TVector bound = TBitVector.Select(isNaN, TBitVector.Fill(QuietNaN), TBitVector.Fill(Infinity));
        return TBitVector.Select(isInfinity, bound, half);
    }
}
