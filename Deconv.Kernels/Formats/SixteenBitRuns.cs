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
        int i = 0;
        for (; i <= count - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector.Widen(Vector.Load((short*)source + i), out Vector<int> lower, out Vector<int> upper);
            TBits.ToFloat(lower).Store(target + i);
            TBits.ToFloat(upper).Store(target + i + Vector<float>.Count);
        }

        for (; i < count; ++i)
            target[i] = TBits.ToFloat(source[i]);
    }

    /// <summary>Writes <paramref name="count"/> rounded numbers, and reads as many floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round(float* source, ushort* target, int count)
    {
        int i = 0;
        for (; i <= count - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector<uint> lower = TBits.Round(Vector.Load(source + i));
            Vector<uint> upper = TBits.Round(Vector.Load(source + i + Vector<float>.Count));
            Vector.Narrow(lower, upper).Store(target + i);
        }

        for (; i < count; ++i)
            target[i] = TBits.Round(source[i]);
    }
}
