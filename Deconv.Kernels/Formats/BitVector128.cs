using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Deconv.Kernels.Formats;

internal readonly unsafe struct BitVector128 : IBitVector<Vector128<uint>>
{
    public static int Count => Vector128<uint>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Load(float* source) => Vector128.Load((uint*)source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<uint> vector, float* target) => vector.Store((uint*)target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> LoadSixteen(ushort* source) =>
        Vector128.WidenLower(Vector64.Load((short*)source).ToVector128Unsafe()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalves(Vector128<uint> pairs, ushort* lower, ushort* upper)
    {
        Vector128<ushort> halves = Vector128.ShuffleNative(pairs.AsUInt16(), Vector128.Create((ushort)0, 2, 4, 6, 1, 3, 5, 7));
        halves.GetLower().Store(lower);
        halves.GetUpper().Store(upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Fill(uint bits) => Vector128.Create(bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> And(Vector128<uint> left, Vector128<uint> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Or(Vector128<uint> left, Vector128<uint> right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ShiftLeft(Vector128<uint> vector, int count) => vector << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ShiftRight(Vector128<uint> vector, int count) => vector >> count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Add(Vector128<uint> left, Vector128<uint> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Max(Vector128<uint> left, Vector128<uint> right) => Vector128.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> IsGreater(Vector128<uint> left, Vector128<uint> right) =>
        Vector128.GreaterThan(left.AsInt32(), right.AsInt32()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreAllLess(Vector128<uint> left, Vector128<uint> right) => Vector128.LessThanAll(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Select(Vector128<uint> mask, Vector128<uint> whenSet, Vector128<uint> whenClear) =>
        Vector128.ConditionalSelect(mask, whenSet, whenClear);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ShiftShortsLeft(Vector128<uint> vector, int count) => (vector.AsUInt16() << count).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> AddShorts(Vector128<uint> left, Vector128<uint> right) => (left.AsUInt16() + right.AsUInt16()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> MaxShorts(Vector128<uint> left, Vector128<uint> right) =>
        Vector128.Max(left.AsInt16(), right.AsInt16()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> IsGreaterOfShorts(Vector128<uint> left, Vector128<uint> right) =>
        Vector128.GreaterThan(left.AsInt16(), right.AsInt16()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAnyGreaterOfShorts(Vector128<uint> left, Vector128<uint> right) =>
        Vector128.GreaterThanAny(left.AsInt16(), right.AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> AddFloats(Vector128<uint> left, Vector128<uint> right) =>
        (left.AsSingle() + right.AsSingle()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> MultiplyFloats(Vector128<uint> left, Vector128<uint> right) =>
        (left.AsSingle() * right.AsSingle()).AsUInt32();
}
