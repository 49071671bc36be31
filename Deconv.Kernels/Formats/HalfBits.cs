using System.Numerics;
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

    /// <summary>The bits of that sum with zero.</summary>
    private const uint ZeroSteps = 0x3f000000;

    /// <summary>From the exponent of a half to that of a float, in the place where a float has it.</summary>
    private const uint Rebias = (127 - 15) << 23;

    private const uint FloatInfinity = 0x7f800000;

    /// <summary>The sign, and where a half's exponent and fraction go in a float.</summary>
    private const uint ScaledMask = 0x8fffe000;

    /// <summary>2^112, as <see cref="Rebias"/> has it.</summary>
    private const float Scale = (1L << 56) * (float)(1L << 56);

    /// <summary>2^16, where an infinite half's exponent leads.</summary>
    private const float Overflow = 1 << 16;

    /// <summary>The bits of 2^-14, the least float that is a normal half.</summary>
    private const uint FloatLeastNormal = 0x38800000;

    /// <summary>The bits of 2^16, which no finite half reaches.</summary>
    private const uint FloatOverflow = 0x47800000;

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
    public static Vector<float> ToFloat(Vector<int> bits)
    {
        Vector<int> scaled = (bits << FractionShift) & new Vector<int>(unchecked((int)ScaledMask));
        Vector<float> value = scaled.As<int, float>() * new Vector<float>(Scale);
        Vector<int> isSpecial = Vector.GreaterThanOrEqual(Vector.Abs(value), new Vector<float>(Overflow));
        return (value.As<float, int>() | (isSpecial & new Vector<int>((int)FloatInfinity))).As<int, float>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<uint> Round(Vector<float> value)
    {
        Vector<uint> bits = value.As<float, uint>();
        Vector<uint> magnitude = Vector.Min(
            bits & new Vector<uint>(int.MaxValue), new Vector<uint>(FloatOverflow));
        Vector<uint> odd = (magnitude >> FractionShift) & new Vector<uint>(1);
        Vector<uint> normal = (magnitude + odd - new Vector<uint>(Rebias - BelowHalf)) >> FractionShift;
        Vector<uint> subnormal =
            (magnitude.As<uint, float>() + new Vector<float>(StepIsLastBit)).As<float, uint>()
            - new Vector<uint>(ZeroSteps);
        Vector<uint> half = Vector.ConditionalSelect(
            Vector.LessThan(magnitude, new Vector<uint>(FloatLeastNormal)), subnormal, normal);
        half |= Vector.IsNaN(value).As<float, uint>() & new Vector<uint>(QuietNaN);
        return half | ((bits >> 16) & new Vector<uint>(SignMask));
    }
}
