namespace Deconv.Kernels.Problem;

/// <summary>The type of the elements of input, weight, bias and output alike.</summary>
internal enum ElementType
{
    Float32,
    Float64,
    Float16,

    /// <summary>The upper half of a <see cref="Float32"/>.</summary>
    BrainFloat16,

    /// <summary>A pair of <see cref="Float32"/>, the real part first.</summary>
    ComplexFloat32,

    /// <summary>A pair of <see cref="Float64"/>, the real part first.</summary>
    ComplexFloat64,
}

internal static class ElementTypes
{
    /// <summary>The name that NumPy and the frameworks have for it.</summary>
    public static string Name(this ElementType element) => element switch
    {
        ElementType.Float32 => "float32",
        ElementType.Float64 => "float64",
        ElementType.Float16 => "float16",
        ElementType.BrainFloat16 => "bfloat16",
        ElementType.ComplexFloat32 => "complex64",
        _ => "complex128",
    };

    /// <summary>The name of the type that products of its elements are summed up in.</summary>
    public static string SumName(this ElementType element) =>
        element is ElementType.Float16 or ElementType.BrainFloat16 ? ElementType.Float32.Name() : element.Name();

    /// <summary>The name of a variant's kernel for elements of a type.</summary>
    public static string NameOf(this ElementType element, string kernel) =>
        element == ElementType.Float32 ? kernel : $"{kernel}.{element.Name()}";

    /// <summary>Bytes of an element.</summary>
    public static int Size(this ElementType element) => element switch
    {
        ElementType.Float16 or ElementType.BrainFloat16 => 2,
        ElementType.Float32 => 4,
        ElementType.Float64 or ElementType.ComplexFloat32 => 8,
        _ => 16,
    };

    /// <summary>Whether kernels for it compute with 64-bit floating-point numbers.</summary>
    public static bool NeedsFloat64(this ElementType element) =>
        element is ElementType.Float64 or ElementType.ComplexFloat64;

    /// <summary>How many times as long as a product of floats one of its elements takes at least, where both are in registers.</summary>
    public static int ProductCost(this ElementType element) => element switch
    {
        ElementType.Float64 => 2,
        ElementType.ComplexFloat32 => 4,
        ElementType.ComplexFloat64 => 8,
        _ => 1,
    };
}
