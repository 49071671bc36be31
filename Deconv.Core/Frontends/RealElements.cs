using Deconv.Kernels.Problem;
using Deconv.Operators;

namespace Deconv.Frontends;

/// <summary>Which types of elements the frameworks besides torch have their operators for.</summary>
internal static class RealElements
{
    /// <param name="op">The framework's name of the operator.</param>
    /// <exception cref="NotSupportedException">Elements are not real numbers that we have.</exception>
    public static void Require<T>(string op)
        where T : unmanaged
    {
        if (ElementTypeOf<T>.Value is ElementType.ComplexFloat32 or ElementType.ComplexFloat64)
        {
            throw new NotSupportedException(
                $"{op} has no elements of type {typeof(T)}. They may be float, double, {typeof(Half)} or "
                + $"{typeof(BFloat16)}; torch's operator takes complex ones too.");
        }
    }
}
