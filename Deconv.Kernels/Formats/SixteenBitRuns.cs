using System.Numerics;
using System.Runtime.CompilerServices;

namespace Deconv.Kernels.Formats;

/// <summary>Converts what lies side by side in memory, in the machine's vectors.</summary>
internal static unsafe class SixteenBitRuns<TBits>
    where TBits : struct, ISixteenBits
{
    /// <summary>Writes <paramref name="count"/> floats, and reads as many numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ushort* source, float* target, int count)
    {
        int last = count - Vector<short>.Count;
        if (last < 0)
        {
            for (int i = 0; i < count; ++i)
                target[i] = TBits.ToFloat(source[i]);
            return;
        }

        // The last ones may be converted twice.
        for (int i = 0; i < last; i += Vector<short>.Count)
            WidenVector(source + i, target + i);
        WidenVector(source + last, target + last);
    }

    /// <summary>Writes <paramref name="count"/> rounded numbers, and reads as many floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round(float* source, ushort* target, int count)
    {
        int last = count - Vector<ushort>.Count;
        if (last < 0)
        {
            for (int i = 0; i < count; ++i)
                target[i] = TBits.Round(source[i]);
            return;
        }

        for (int i = 0; i < last; i += Vector<ushort>.Count)
            RoundVector(source + i, target + i);
        RoundVector(source + last, target + last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WidenVector(ushort* source, float* target)
    {
        Vector.Widen(Vector.Load((short*)source), out Vector<int> lower, out Vector<int> upper);
        TBits.ToFloat(lower).Store(target);
        TBits.ToFloat(upper).Store(target + Vector<float>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RoundVector(float* source, ushort* target)
    {
        Vector<uint> lower = TBits.Round(Vector.Load(source));
        Vector<uint> upper = TBits.Round(Vector.Load(source + Vector<float>.Count));
        Vector.Narrow(lower, upper).Store(target);
    }
}
