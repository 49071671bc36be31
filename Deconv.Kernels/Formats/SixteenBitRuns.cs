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

    private static bool Has512 => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

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
        for (int i = 0; i < last; i += TBitVector.Count)
            TBitVector.StoreSixteen(TBits.Round<TBitVector, TVector>(TBitVector.Load(source + i)), target + i);
        TBitVector.StoreSixteen(TBits.Round<TBitVector, TVector>(TBitVector.Load(source + last)), target + last);
    }
}
