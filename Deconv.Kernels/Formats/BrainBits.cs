using System.Runtime.CompilerServices;
using ILGPU;

namespace Deconv.Kernels.Formats;

/// <summary>bfloat16: the upper half of a float.</summary>
internal readonly struct BrainBits : ISixteenBits
{
    private const int Shift = 16;
    private const uint QuietBit = 0x0040;
    private const uint FloatInfinity = 0x7f800000;

    /// <summary>Almost half a step. A carry goes on to the exponent, as it should, and to infinity.</summary>
    private const uint BelowHalf = 0x7fff;

    public static float ToFloat(ushort bits) => Interop.IntAsFloat((uint)bits << Shift);

    public static ushort Round(float value)
    {
        uint bits = Interop.FloatAsInt(value);
        uint brain = (bits & int.MaxValue) > FloatInfinity
            ? (bits >> Shift) | QuietBit
            : (bits + BelowHalf + ((bits >> Shift) & 1)) >> Shift;
        return (ushort)brain;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ToFloat<TBitVector, TVector>(TVector bits)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct => TBitVector.ShiftLeft(bits, Shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector RoundPairs<TBitVector, TVector>(TVector lower, TVector upper)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct
    {
        TVector greater = TBitVector.Max(Magnitude<TBitVector, TVector>(lower), Magnitude<TBitVector, TVector>(upper));
        if (!TBitVector.AreAllLess(greater, TBitVector.Fill(FloatInfinity + 1)))
        {
            lower = CutNaN<TBitVector, TVector>(lower);
            upper = CutNaN<TBitVector, TVector>(upper);
        }

        return TBitVector.Select(
            TBitVector.Fill(ushort.MaxValue),
            TBitVector.ShiftRight(RoundUp<TBitVector, TVector>(lower), Shift),
            RoundUp<TBitVector, TVector>(upper));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Magnitude<TBitVector, TVector>(TVector bits)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct => TBitVector.And(bits, TBitVector.Fill(int.MaxValue));

    /// <summary>The upper half of each lane is the nearest number; the lower one is what is cut off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector RoundUp<TBitVector, TVector>(TVector bits)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct
    {
        TVector odd = TBitVector.And(TBitVector.ShiftRight(bits, Shift), TBitVector.Fill(1));
        return TBitVector.Add(TBitVector.Add(bits, TBitVector.Fill(BelowHalf)), odd);
    }

    /// <summary>Each NaN without its lower half, and quiet, so that rounding leaves it what it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector CutNaN<TBitVector, TVector>(TVector bits)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct
    {
        TVector isNaN = TBitVector.IsGreater(Magnitude<TBitVector, TVector>(bits), TBitVector.Fill(FloatInfinity));
        TVector cut = TBitVector.Or(
            TBitVector.And(bits, TBitVector.Fill(0xffff0000)), TBitVector.Fill(QuietBit << Shift));
        return TBitVector.Select(isNaN, cut, bits);
    }
}
