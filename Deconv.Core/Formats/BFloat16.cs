using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Deconv.Kernels.Formats;

namespace Deconv;

/// <summary>
/// A number of sixteen bits with the range of <see cref="float"/> and a precision of eight bits:
/// the upper half of a <see cref="float"/>. It stores tensors; to compute with it, convert it to
/// <see cref="float"/>, which is exact. Conversions, comparisons and text follow
/// <see cref="Half"/>.
/// </summary>
public readonly struct BFloat16
    : IComparable, IComparable<BFloat16>, IEquatable<BFloat16>, ISpanFormattable, ISpanParsable<BFloat16>
{
    private readonly ushort bits;

    private BFloat16(ushort bits) => this.bits = bits;

    /// <summary>The least number above zero, 2 to the power of -133.</summary>
    public static BFloat16 Epsilon => new(0x0001);

    /// <summary>The greatest finite number, about 3.39e38.</summary>
    public static BFloat16 MaxValue => new(0x7F7F);

    /// <summary>The least finite number, about -3.39e38.</summary>
    public static BFloat16 MinValue => new(0xFF7F);

    /// <summary>Not a number.</summary>
    public static BFloat16 NaN => new(0xFFC0);

    /// <summary>Positive infinity.</summary>
    public static BFloat16 PositiveInfinity => new(0x7F80);

    /// <summary>Negative infinity.</summary>
    public static BFloat16 NegativeInfinity => new(0xFF80);

    /// <summary>Makes a number of its bits.</summary>
    /// <param name="bits">One bit of sign, eight of exponent, seven of fraction.</param>
    /// <returns>The number, NaN with all its bits.</returns>
    public static BFloat16 FromBits(ushort bits) => new(bits);

    /// <summary>The bits of a number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>One bit of sign, eight of exponent, seven of fraction.</returns>
    public static ushort ToBits(BFloat16 value) => value.bits;

    /// <summary>Whether a number is NaN.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsNaN(BFloat16 value) => float.IsNaN((float)value);

    /// <summary>Whether a number is one of the infinities.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsInfinity(BFloat16 value) => float.IsInfinity((float)value);

    /// <summary>Whether a number is neither NaN nor an infinity.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsFinite(BFloat16 value) => float.IsFinite((float)value);

    /// <summary>Whether the sign of a number is set; that of zero and of NaN count.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsNegative(BFloat16 value) => float.IsNegative((float)value);

    /// <summary>Widens a number, exactly.</summary>
    /// <param name="value">The number.</param>
    public static explicit operator float(BFloat16 value) => BrainBits.ToFloat(value.bits);

    /// <summary>Widens a number, exactly.</summary>
    /// <param name="value">The number.</param>
    public static explicit operator double(BFloat16 value) => (float)value;

    /// <summary>Rounds a number to the nearest <see cref="Half"/>, of two to the even one.</summary>
    /// <param name="value">The number.</param>
    public static explicit operator Half(BFloat16 value) => (Half)(float)value;

    /// <summary>
    /// Rounds a number to the nearest <see cref="BFloat16"/>, of two to the even one; what is too
    /// large becomes an infinity.
    /// </summary>
    /// <param name="value">The number.</param>
    public static explicit operator BFloat16(float value) => new(BrainBits.Round(value));

    /// <summary>
    /// Rounds a number to the nearest <see cref="BFloat16"/>, of two to the even one; what is too
    /// large becomes an infinity.
    /// </summary>
    /// <param name="value">The number.</param>
    public static explicit operator BFloat16(double value)
    {
        // To round to float first could make a tie of what is none. So a float that is not exact is
        // taken towards zero, and its last bit set.
        var single = (float)value;
        if (single == value || double.IsNaN(value))
            return (BFloat16)single;
        uint bits = BitConverter.SingleToUInt32Bits(single);
        if (Math.Abs((double)single) > Math.Abs(value))
            --bits;
        return (BFloat16)BitConverter.UInt32BitsToSingle(bits | 1);
    }

    /// <summary>
    /// Rounds a number to the nearest <see cref="BFloat16"/>, of two to the even one.
    /// </summary>
    /// <param name="value">The number.</param>
    public static explicit operator BFloat16(Half value) => (BFloat16)(float)value;

    /// <summary>Whether two numbers are equal; NaN equals nothing, and -0 equals 0.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they are.</returns>
    public static bool operator ==(BFloat16 left, BFloat16 right) => (float)left == (float)right;

    /// <summary>Whether two numbers are not equal; NaN equals nothing, and -0 equals 0.</summary>
    /// <inheritdoc cref="op_Equality"/>
    public static bool operator !=(BFloat16 left, BFloat16 right) => (float)left != (float)right;

    /// <summary>Whether one number is less than another; with NaN, no.</summary>
    /// <inheritdoc cref="op_Equality"/>
    public static bool operator <(BFloat16 left, BFloat16 right) => (float)left < (float)right;

    /// <summary>Whether one number is greater than another; with NaN, no.</summary>
    /// <inheritdoc cref="op_Equality"/>
    public static bool operator >(BFloat16 left, BFloat16 right) => (float)left > (float)right;

    /// <summary>Whether one number is at most another; with NaN, no.</summary>
    /// <inheritdoc cref="op_Equality"/>
    public static bool operator <=(BFloat16 left, BFloat16 right) => (float)left <= (float)right;

    /// <summary>Whether one number is at least another; with NaN, no.</summary>
    /// <inheritdoc cref="op_Equality"/>
    public static bool operator >=(BFloat16 left, BFloat16 right) => (float)left >= (float)right;

    /// <summary>Reads a number, rounded to the nearest.</summary>
    /// <param name="s">The text, as <see cref="double"/> reads it.</param>
    /// <param name="provider">The culture; if null, the current one.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="s"/> is null.</exception>
    /// <exception cref="FormatException">The text is no number.</exception>
    public static BFloat16 Parse(string s, IFormatProvider? provider) =>
        (BFloat16)double.Parse(s, provider);

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static BFloat16 Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        (BFloat16)double.Parse(s, provider);

    /// <summary>Reads a number, rounded to the nearest, if there is one.</summary>
    /// <param name="s">The text, as <see cref="double"/> reads it.</param>
    /// <param name="provider">The culture; if null, the current one.</param>
    /// <param name="result">The number, or zero.</param>
    /// <returns>Whether the text is a number.</returns>
    public static bool TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, out BFloat16 result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc cref="TryParse(string?, IFormatProvider?, out BFloat16)"/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out BFloat16 result)
    {
        bool read = double.TryParse(s, provider, out double value);
        result = (BFloat16)value;
        return read;
    }

    /// <summary>Orders numbers; NaN equals NaN and comes before all others.</summary>
    /// <param name="other">The other number.</param>
    /// <returns>Less than, equal to or greater than zero, as this one is than the other.</returns>
    public int CompareTo(BFloat16 other) => ((float)this).CompareTo((float)other);

    /// <inheritdoc cref="CompareTo(BFloat16)"/>
    /// <param name="obj">The other number, or null, which comes before all numbers.</param>
    /// <exception cref="ArgumentException"><paramref name="obj"/> is another type's.</exception>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        BFloat16 other => CompareTo(other),
        _ => throw new ArgumentException($"It must be a {nameof(BFloat16)}.", nameof(obj)),
    };

    /// <summary>Whether two numbers are equal, or both NaN; -0 equals 0.</summary>
    /// <param name="other">The other number.</param>
    /// <returns>Whether they are.</returns>
    public bool Equals(BFloat16 other) => ((float)this).Equals((float)other);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is BFloat16 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ((float)this).GetHashCode();

    /// <summary>Writes the number as <see cref="float"/> does.</summary>
    /// <returns>The text, in the current culture.</returns>
    public override string ToString() => ((float)this).ToString(CultureInfo.CurrentCulture);

    /// <summary>Writes the number as <see cref="float"/> does.</summary>
    /// <param name="format">One of its formats; if null, the general one.</param>
    /// <param name="formatProvider">The culture; if null, the current one.</param>
    /// <returns>The text.</returns>
    public string ToString(string? format, IFormatProvider? formatProvider) =>
        ((float)this).ToString(format, formatProvider);

    /// <summary>Writes the number as <see cref="float"/> does, if there is room.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="charsWritten">The characters written.</param>
    /// <param name="format">One of its formats; if empty, the general one.</param>
    /// <param name="provider">The culture; if null, the current one.</param>
    /// <returns>Whether there was room.</returns>
    public bool TryFormat(
        Span<char> destination,
        out int charsWritten,
        ReadOnlySpan<char> format,
        IFormatProvider? provider) =>
        ((float)this).TryFormat(destination, out charsWritten, format, provider);
}
