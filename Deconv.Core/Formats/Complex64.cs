using System.Globalization;
using System.Numerics;

namespace Deconv;

/// <summary>
/// A complex number of two floats, the real part first, as frameworks' complex64 stores it. It
/// stores tensors; to compute with it, convert it to <see cref="Complex"/>, which is exact.
/// </summary>
/// <param name="Real">The real part.</param>
/// <param name="Imaginary">The imaginary part.</param>
public readonly record struct Complex64(float Real, float Imaginary)
{
    /// <summary>Widens a number, exactly.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Complex(Complex64 value) => new(value.Real, value.Imaginary);

    /// <summary>Rounds both parts of a number to the nearest float.</summary>
    /// <param name="value">The number.</param>
    public static explicit operator Complex64(Complex value) =>
        new((float)value.Real, (float)value.Imaginary);

    /// <summary>Writes the number as <see cref="Complex"/> does: <c>&lt;real; imaginary&gt;</c>.</summary>
    /// <returns>The text, in the current culture.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.CurrentCulture, $"<{Real}; {Imaginary}>");
}
