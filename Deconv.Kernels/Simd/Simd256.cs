using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Deconv.Kernels.Simd;

internal readonly unsafe struct Simd256 : ISimd<Vector256<float>, float>
{
    public static bool IsSupported => Vector256.IsHardwareAccelerated && Avx2.IsSupported;

    public static int Count => Vector256<float>.Count;

    public static bool HasManyRegisters => Avx512F.VL.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> vector, float* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePastCaches(Vector256<float> vector, float* target) => vector.StoreAlignedNonTemporal(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> left, Vector256<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> left, Vector256<float> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> addend) =>
        Vector256.MultiplyAddEstimate(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ZipLower(Vector256<float> left, Vector256<float> right) =>
        Avx.Permute2x128(Avx.UnpackLow(left, right), Avx.UnpackHigh(left, right), 0x20);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ZipUpper(Vector256<float> left, Vector256<float> right) =>
        Avx.Permute2x128(Avx.UnpackLow(left, right), Avx.UnpackHigh(left, right), 0x31);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> UnzipEven(Vector256<float> left, Vector256<float> right) =>
        InOrder(Avx.Shuffle(left, right, 0b10_00_10_00));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> UnzipOdd(Vector256<float> left, Vector256<float> right) =>
        InOrder(Avx.Shuffle(left, right, 0b11_01_11_01));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Permute(Vector256<float> vector, Vector256<float> indices) =>
        Vector256.ShuffleNative(vector, indices.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Select(Vector256<float> mask, Vector256<float> whenSet, Vector256<float> whenClear) =>
        Vector256.ConditionalSelect(mask, whenSet, whenClear);

    /// <summary>The halves of both vectors' pairs, brought from (left, right, left, right) to order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> InOrder(Vector256<float> pairs) =>
        Avx2.Permute4x64(pairs.AsDouble(), 0b11_01_10_00).AsSingle();
}
