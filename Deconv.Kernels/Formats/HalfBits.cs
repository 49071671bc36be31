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
    public static TVector Round<TBitVector, TVector>(TVector bits)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct
    {
        TVector magnitude = TBitVector.And(bits, TBitVector.Fill(int.MaxValue));
        if (TBitVector.AreAllLess(
            TBitVector.Subtract(magnitude, TBitVector.Fill(FloatLeastNormal)),
            TBitVector.Fill(FloatNearestInfinity - FloatLeastNormal)))
        {
            return RoundNormal<TBitVector, TVector>(bits);
        }

        TVector isNaN = TBitVector.IsGreater(magnitude, TBitVector.Fill(FloatInfinity));
        magnitude = TBitVector.Min(magnitude, TBitVector.Fill(FloatOverflow));
        TVector odd = TBitVector.And(TBitVector.ShiftRight(magnitude, FractionShift), TBitVector.Fill(1));
        TVector normal = TBitVector.ShiftRight(
            TBitVector.Subtract(TBitVector.Add(magnitude, odd), TBitVector.Fill(Rebias - BelowHalf)), FractionShift);
        TVector subnormal = TBitVector.Subtract(
            TBitVector.AddFloats(magnitude, TBitVector.Fill(ZeroSteps)), TBitVector.Fill(ZeroSteps));
        TVector isSubnormal = TBitVector.IsGreater(TBitVector.Fill(FloatLeastNormal), magnitude);
        TVector half = TBitVector.Select(isSubnormal, subnormal, normal);
        half = TBitVector.Select(isNaN, TBitVector.Fill(QuietNaN), half);
        return TBitVector.Or(half, TBitVector.And(TBitVector.ShiftRight(bits, 16), TBitVector.Fill(SignMask)));
    }

    /// <summary>What becomes normal halves, of which the sign can be left where it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector RoundNormal<TBitVector, TVector>(TVector bits)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct
    {
        TVector odd = TBitVector.And(TBitVector.ShiftRight(bits, FractionShift), TBitVector.Fill(1));
        TVector wide = TBitVector.Add(TBitVector.Add(bits, odd), TBitVector.Fill(unchecked(BelowHalf - Rebias)));
        return TBitVector.Select(
            TBitVector.Fill(SignMask - 1), TBitVector.ShiftRight(wide, FractionShift), TBitVector.ShiftRight(wide, 16));
    }
}
