using Deconv.Geometry;

namespace Deconv;

/// <summary>
/// One value for the height axis and one for the width axis. A single value stands for both:
/// <c>stride: 2</c> and <c>stride: (2, 2)</c> are the same.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Height">The value of the height axis, the first of the two in frameworks' lists.</param>
/// <param name="Width">The value of the width axis.</param>
public readonly record struct PerAxis<T>(T Height, T Width)
{
    /// <summary>Uses one value for both axes.</summary>
    /// <param name="both">The value of both axes.</param>
    public static implicit operator PerAxis<T>(T both) => new(both, both);

    /// <summary>Takes a (height, width) pair.</summary>
    /// <param name="pair">The values, height first.</param>
    public static implicit operator PerAxis<T>((T Height, T Width) pair) =>
        new(pair.Height, pair.Width);

    /// <summary>The value of one axis.</summary>
    internal T this[Axis axis] => axis == Axis.Height ? Height : Width;

    /// <summary>Writes the values as frameworks do: <c>[height, width]</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"[{Height}, {Width}]";
}

/// <summary>Builds values per axis from one rule, so that no rule is written twice.</summary>
internal static class PerAxis
{
    public static PerAxis<T> From<T>(Func<Axis, T> create) => new(create(Axis.Height), create(Axis.Width));
}
