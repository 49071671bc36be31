namespace Deconv;

/// <summary>What a call did with numbers.</summary>
/// <param name="Variant">The variant that computed it, one of <see cref="Engine.Variants"/>.</param>
/// <param name="Elements">The type of all elements, in NumPy's words, such as <c>float16</c>.</param>
/// <param name="Sums">The type that products are summed up in, before they are rounded once.</param>
/// <param name="UsesTensorFloat32">
/// Whether inputs and weights were rounded to TensorFloat32 before they were multiplied.
/// </param>
/// <param name="IsDeterministic">
/// Whether another run, and another batch around a sample, gives the same bits.
/// </param>
public sealed record CallReport(
    string Variant, string Elements, string Sums, bool UsesTensorFloat32, bool IsDeterministic);
