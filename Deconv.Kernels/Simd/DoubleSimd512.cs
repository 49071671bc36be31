using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Deconv.Kernels.Simd;

internal readonly unsafe struct DoubleSimd512 : ISimd<Vector512<double>, double>
{
    public static bool IsSupported => Simd512.IsSupported;

    public static int Count => Vector512<double>.Count;

    public static bool HasManyRegisters => Simd512.HasManyRegisters;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(double* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<double> vector, double* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePastCaches(Vector512<double> vector, double* target) => vector.StoreAlignedNonTemporal(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Broadcast(double value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Add(Vector512<double> left, Vector512<double> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Subtract(Vector512<double> left, Vector512<double> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MultiplyAdd(Vector512<double> left, Vector512<double> right, Vector512<double> addend) =>
        Vector512.MultiplyAddEstimate(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ZipLower(Vector512<double> left, Vector512<double> right) =>
        Avx512F.PermuteVar8x64x2(
            left, Vector512.Create(0L, 8, 1, 9, 2, 10, 3, 11), right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ZipUpper(Vector512<double> left, Vector512<double> right) =>
        Avx512F.PermuteVar8x64x2(
            left, Vector512.Create(4L, 12, 5, 13, 6, 14, 7, 15), right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> UnzipEven(Vector512<double> left, Vector512<double> right) =>
        Avx512F.PermuteVar8x64x2(
            left, Vector512.Create(0L, 2, 4, 6, 8, 10, 12, 14), right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> UnzipOdd(Vector512<double> left, Vector512<double> right) =>
        Avx512F.PermuteVar8x64x2(
            left, Vector512.Create(1L, 3, 5, 7, 9, 11, 13, 15), right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Permute(Vector512<double> vector, Vector512<double> indices) =>
        Vector512.ShuffleNative(vector, indices.AsInt64());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Select(Vector512<double> mask, Vector512<double> whenSet, Vector512<double> whenClear) =>
        Vector512.ConditionalSelect(mask, whenSet, whenClear);
}
