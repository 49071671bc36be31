using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Deconv.Kernels.Simd;

internal readonly unsafe struct DoubleSimd256 : ISimd<Vector256<double>, double>
{
    public static bool IsSupported => Simd256.IsSupported;

    public static int Count => Vector256<double>.Count;

    public static bool HasManyRegisters => Simd256.HasManyRegisters;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(double* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<double> vector, double* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePastCaches(Vector256<double> vector, double* target) => vector.StoreAlignedNonTemporal(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Broadcast(double value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Add(Vector256<double> left, Vector256<double> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Subtract(Vector256<double> left, Vector256<double> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> MultiplyAdd(Vector256<double> left, Vector256<double> right, Vector256<double> addend) =>
        Vector256.MultiplyAddEstimate(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ZipLower(Vector256<double> left, Vector256<double> right) =>
        Avx.Permute2x128(Avx.UnpackLow(left, right), Avx.UnpackHigh(left, right), 0x20);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ZipUpper(Vector256<double> left, Vector256<double> right) =>
        Avx.Permute2x128(Avx.UnpackLow(left, right), Avx.UnpackHigh(left, right), 0x31);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> UnzipEven(Vector256<double> left, Vector256<double> right) =>
        Avx2.Permute4x64(Avx.UnpackLow(left, right), 0b11_01_10_00);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> UnzipOdd(Vector256<double> left, Vector256<double> right) =>
        Avx2.Permute4x64(Avx.UnpackHigh(left, right), 0b11_01_10_00);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Permute(Vector256<double> vector, Vector256<double> indices) =>
        Vector256.ShuffleNative(vector, indices.AsInt64());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Select(Vector256<double> mask, Vector256<double> whenSet, Vector256<double> whenClear) =>
        Vector256.ConditionalSelect(mask, whenSet, whenClear);
}
