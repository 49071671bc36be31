using System.Numerics;
using Deconv.Kernels.Problem;

namespace Deconv.Operators;

/// <summary>The one place that says which .NET types elements may be of.</summary>
internal static class ElementTypeOf<T>
    where T : unmanaged
{
    private static readonly ElementType? Known =
        typeof(T) == typeof(float) ? ElementType.Float32
        : typeof(T) == typeof(double) ? ElementType.Float64
        : typeof(T) == typeof(Half) ? ElementType.Float16
        : typeof(T) == typeof(BFloat16) ? ElementType.BrainFloat16
        : typeof(T) == typeof(Complex64) ? ElementType.ComplexFloat32
        : typeof(T) == typeof(Complex) ? ElementType.ComplexFloat64
        : null;

    /// <exception cref="NotSupportedException">Elements are of none of the types.</exception>
    public static ElementType Value => Known ?? throw new NotSupportedException(
        $"Elements of type {typeof(T)} are not supported. They may be float, double, {typeof(Half)}, "
        + $"{typeof(BFloat16)}, {typeof(Complex64)} or {typeof(Complex)}.");
}
