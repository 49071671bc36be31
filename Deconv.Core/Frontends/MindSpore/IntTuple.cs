using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Deconv.MindSpore;

/// <summary>
/// A number or a tuple of numbers, as MindSpore's arguments take them: <c>3</c>, <c>(3, 5)</c>,
/// <c>(1, 1, 3, 5)</c> or <c>[1, 1, 3, 5]</c>. It keeps its length, so that each argument can
/// refuse those that it does not take; a tuple of one is that number.
/// </summary>
[CollectionBuilder(typeof(IntTuple), nameof(Create))]
public readonly struct IntTuple : IEquatable<IntTuple>
{
    private readonly Few few;
    private readonly int[]? many;

    private IntTuple(params ReadOnlySpan<int> values)
    {
        Length = values.Length;
        if (Length <= Few.Length)
            values.CopyTo(few);
        else
            many = values.ToArray();
    }

    /// <summary>The number of numbers.</summary>
    public int Length { get; }

    /// <summary>One of the numbers.</summary>
    /// <param name="index">From 0 to <see cref="Length"/> - 1.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such number.</exception>
    public int this[int index] => AsSpan()[index];

    /// <summary>A single number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator IntTuple(int value) => new(value);

    /// <summary>A tuple of two.</summary>
    /// <param name="pair">The numbers; of axes, height first.</param>
    public static implicit operator IntTuple((int First, int Second) pair) =>
        new(pair.First, pair.Second);

    /// <summary>A tuple of four.</summary>
    /// <param name="four">The numbers.</param>
    public static implicit operator IntTuple((int First, int Second, int Third, int Fourth) four) =>
        new(four.First, four.Second, four.Third, four.Fourth);

    /// <summary>Compares lengths and numbers.</summary>
    /// <param name="left">A tuple.</param>
    /// <param name="right">Another.</param>
    /// <returns>Whether they are the same.</returns>
    public static bool operator ==(IntTuple left, IntTuple right) => left.Equals(right);

    /// <summary>Compares lengths and numbers.</summary>
    /// <param name="left">A tuple.</param>
    /// <param name="right">Another.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(IntTuple left, IntTuple right) => !left.Equals(right);

    /// <summary>A tuple of any length; collection expressions end here.</summary>
    /// <param name="values">The numbers, which are copied.</param>
    /// <returns>The tuple.</returns>
    public static IntTuple Create(ReadOnlySpan<int> values) => new(values);

    /// <summary>The numbers.</summary>
    /// <returns>A view of them, which lives as long as this variable.</returns>
    [UnscopedRef]
    public ReadOnlySpan<int> AsSpan() => many is null ? ((ReadOnlySpan<int>)few)[..Length] : many;

    /// <summary>Goes through the numbers.</summary>
    /// <returns>The enumerator.</returns>
    [UnscopedRef]
    public ReadOnlySpan<int>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    /// <summary>Compares lengths and numbers.</summary>
    /// <param name="other">Another tuple.</param>
    /// <returns>Whether they are the same.</returns>
    public bool Equals(IntTuple other) => AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IntTuple other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (int value in this)
            hash.Add(value);
        return hash.ToHashCode();
    }

    /// <summary>Writes a number as <c>3</c> and a tuple as <c>[3, 5]</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        Length == 1 ? $"{this[0]}" : $"[{string.Join(", ", AsSpan().ToArray())}]";

    /// <summary>As many as an argument can take, in place: a tuple in a call costs no heap memory.</summary>
    [InlineArray(Length)]
    private struct Few
    {
        public const int Length = 4;

        private int first;
    }
}
