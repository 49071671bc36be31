using System.Runtime.CompilerServices;
using ILGPU.IR.Intrinsics;

namespace Deconv.Kernels.Simd;

/// <summary>How many lanes there are, and how runs of them are copied.</summary>
internal static unsafe class SimdLanes<TSimd, TVector, TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
    where TSum : unmanaged
{
    private const int BlockVectors = 3;

    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BlockWidth() => BlockVectors * TSimd.Count;

    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WidthOf(int pixels) => (pixels + TSimd.Count - 1) / TSimd.Count * TSimd.Count;

    /// <summary>Copies whole vectors, past the end of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyOver(TSum* source, TSum* target, int count)
    {
        for (int i = 0; i < count; i += TSimd.Count)
            TSimd.Store(TSimd.Load(source + i), target + i);
    }

    /// <summary>
    /// Copies no more than asked, whole lines of the target past the caches. Callers' memory may be aligned to less
    /// than its numbers, so that no line begins with one: then it is a copy like others.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyPastCaches(TSum* source, TSum* target, int count)
    {
        int bytes = (int)(-(long)target & (CacheLines.Length - 1));
        int start = bytes / sizeof(TSum);
        if (start * sizeof(TSum) != bytes || start + TSimd.Count > count)
        {
            Copy(source, target, count);
            return;
        }

        int i = 0;
        for (; i < start; ++i)
            target[i] = source[i];
        for (; i <= count - TSimd.Count; i += TSimd.Count)
            TSimd.StorePastCaches(TSimd.Load(source + i), target + i);
        for (; i < count; ++i)
            target[i] = source[i];
    }

    /// <summary>Copies no more than asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(TSum* source, TSum* target, int count)
    {
        if (count >= TSimd.Count)
        {
            for (int i = 0; i < count - TSimd.Count; i += TSimd.Count)
                TSimd.Store(TSimd.Load(source + i), target + i);
            int last = count - TSimd.Count;
            TSimd.Store(TSimd.Load(source + last), target + last);
        }
        else
        {
            for (int i = 0; i < count; ++i)
                target[i] = source[i];
        }
    }
}
