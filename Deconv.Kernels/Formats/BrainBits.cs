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
    public static TVector Round<TBitVector, TVector>(TVector bits)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct
    {
        TVector upper = TBitVector.ShiftRight(bits, Shift);
        TVector odd = TBitVector.And(upper, TBitVector.Fill(1));
        TVector rounded = TBitVector.ShiftRight(
            TBitVector.Add(TBitVector.Add(bits, TBitVector.Fill(BelowHalf)), odd), Shift);
        TVector isNaN = TBitVector.IsGreater(
            TBitVector.And(bits, TBitVector.Fill(int.MaxValue)), TBitVector.Fill(FloatInfinity));
        return TBitVector.Select(isNaN, TBitVector.Or(upper, TBitVector.Fill(QuietBit)), rounded);
    }
}
