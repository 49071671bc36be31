using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Deconv.Kernels.Formats;

/// <summary>Converts what lies side by side in memory, in the longest of the machine's vectors that it fills.</summary>
internal static unsafe class SixteenBitRuns<TBits>
    where TBits : struct, ISixteenBits
{
    /// <summary>Writes <paramref name="count"/> floats, and reads as many numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Widen(ushort* source, float* target, int count)
    {
        if (Has512 && count >= BitVector512.Count)
        {
            WidenVectors<BitVector512, Vector512<uint>>(source, target, count);
        }
        else if (Has256 && count >= BitVector256.Count)
        {
            WidenVectors<BitVector256, Vector256<uint>>(source, target, count);
        }
        else if (Vector128.IsHardwareAccelerated && count >= BitVector128.Count)
        {
            WidenVectors<BitVector128, Vector128<uint>>(source, target, count);
        }
        else
        {
            for (int i = 0; i < count; ++i)
                target[i] = TBits.ToFloat(source[i]);
        }
    }

    /// <summary>Writes <paramref name="count"/> rounded numbers, and reads as many floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Round(float* source, ushort* target, int count)
    {
        if (Has512 && count >= BitVector512.Count)
        {
            RoundVectors<BitVector512, Vector512<uint>>(source, target, count);
        }
        else if (Has256 && count >= BitVector256.Count)
        {
            RoundVectors<BitVector256, Vector256<uint>>(source, target, count);
        }
        else if (Vector128.IsHardwareAccelerated && count >= BitVector128.Count)
        {
            RoundVectors<BitVector128, Vector128<uint>>(source, target, count);
        }
        else
        {
            for (int i = 0; i < count; ++i)
                target[i] = TBits.Round(source[i]);
        }
    }

    /// <summary>Writes pairs of rounded sums, of a float from each of two lines and the addend.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RoundPairs(float* even, float* odd, float addend, ushort* target, int pairs)
    {
        if (Has512 && pairs >= BitVector512.Count)
        {
            RoundPairVectors<BitVector512, Vector512<uint>>(even, odd, addend, target, pairs);
        }
        else if (Has256 && pairs >= BitVector256.Count)
        {
            RoundPairVectors<BitVector256, Vector256<uint>>(even, odd, addend, target, pairs);
        }
        else if (Vector128.IsHardwareAccelerated && pairs >= BitVector128.Count)
        {
            RoundPairVectors<BitVector128, Vector128<uint>>(even, odd, addend, target, pairs);
        }
        else
        {
            for (int i = 0; i < pairs; ++i)
            {
                target[2 * i] = TBits.Round(even[i] + addend);
                target[2 * i + 1] = TBits.Round(odd[i] + addend);
            }
        }
    }

    private static bool Has512 => Vector512.IsHardwareAccelerated && Avx512BW.IsSupported;

    private static bool Has256 => Vector256.IsHardwareAccelerated && Avx2.IsSupported;

    /// <summary>A vector or more; the last ones may be converted twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WidenVectors<TBitVector, TVector>(ushort* source, float* target, int count)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct
    {
        int last = count - TBitVector.Count;
        for (int i = 0; i < last; i += TBitVector.Count)
            TBitVector.Store(TBits.ToFloat<TBitVector, TVector>(TBitVector.LoadSixteen(source + i)), target + i);
        TBitVector.Store(TBits.ToFloat<TBitVector, TVector>(TBitVector.LoadSixteen(source + last)), target + last);
    }

    /// <inheritdoc cref="WidenVectors"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RoundVectors<TBitVector, TVector>(float* source, ushort* target, int count)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct
    {
        int last = count - TBitVector.Count;
        int lastPair = Math.Max(last - TBitVector.Count, 0);
        for (int i = 0; i < lastPair; i += 2 * TBitVector.Count)
            RoundTwo<TBitVector, TVector>(source, target, i, i + TBitVector.Count);
        RoundTwo<TBitVector, TVector>(source, target, lastPair, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RoundTwo<TBitVector, TVector>(float* source, ushort* target, int first, int second)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct =>
        TBitVector.StoreHalves(
            TBits.RoundPairs<TBitVector, TVector>(TBitVector.Load(source + first), TBitVector.Load(source + second)),
            target + first,
            target + second);

    /// <inheritdoc cref="WidenVectors"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RoundPairVectors<TBitVector, TVector>(float* even, float* odd, float addend, ushort* target, int pairs)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct
    {
        TVector added = TBitVector.Fill(BitConverter.SingleToUInt32Bits(addend));
        int last = pairs - TBitVector.Count;
        for (int i = 0; i < last; i += TBitVector.Count)
            RoundInTurns<TBitVector, TVector>(even + i, odd + i, added, target + 2 * i);
        RoundInTurns<TBitVector, TVector>(even + last, odd + last, added, target + 2 * last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RoundInTurns<TBitVector, TVector>(float* even, float* odd, TVector added, ushort* target)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct =>
        TBitVector.Store(
            TBits.RoundPairs<TBitVector, TVector>(
                TBitVector.AddFloats(TBitVector.Load(even), added), TBitVector.AddFloats(TBitVector.Load(odd), added)),
            (float*)target);
}
