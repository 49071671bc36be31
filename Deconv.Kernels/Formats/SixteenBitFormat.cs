using System.Runtime.CompilerServices;

namespace Deconv.Kernels.Formats;

/// <summary>Elements of sixteen bits, summed up in float32.</summary>
internal readonly unsafe struct SixteenBitFormat<TBits> : IRealFormat<ushort, float>
    where TBits : struct, ISixteenBits
{
    public static bool IsPlain => false;

    public static float Widen(ushort element) => TBits.ToFloat(element);

    public static ushort Round(float number) => TBits.Round(number);

    public static float Add(float left, float right) => left + right;

    public static float MultiplyAdd(float sum, float left, float right) => sum + left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Widen(ushort* source, float* target, int count) =>
        SixteenBitRuns<TBits>.Widen(source, target, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Round(float* source, ushort* target, int count) =>
        SixteenBitRuns<TBits>.Round(source, target, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RoundPairs(float* even, float* odd, float addend, ushort* target, int pairs) =>
        SixteenBitRuns<TBits>.RoundPairs(even, odd, addend, target, pairs);
}
