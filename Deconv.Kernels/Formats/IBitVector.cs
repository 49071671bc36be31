namespace Deconv.Kernels.Formats;

/// <summary>
/// The vector instructions that conversions need, on lanes of 32 bits that are whole numbers to some of them,
/// floats to others, and two shorts to the rest.
/// </summary>
/// <typeparam name="TVector">A vector.</typeparam>
internal unsafe interface IBitVector<TVector>
    where TVector : struct
{
    /// <summary>Lanes of a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Load(float* source);

    static abstract void Store(TVector vector, float* target);

    /// <summary>As many elements as there are lanes, extended with their sign.</summary>
    static abstract TVector LoadSixteen(ushort* source);

    /// <summary>Writes the lower halves of all lanes to one place, and the upper ones to another.</summary>
    static abstract void StoreHalves(TVector pairs, ushort* lower, ushort* upper);

    static abstract TVector Fill(uint bits);

    static abstract TVector And(TVector left, TVector right);

    static abstract TVector Or(TVector left, TVector right);

    static abstract TVector ShiftLeft(TVector vector, int count);

    /// <summary>Zeros come in from the left.</summary>
    static abstract TVector ShiftRight(TVector vector, int count);

    static abstract TVector Add(TVector left, TVector right);

    /// <summary>The greater of two numbers without a sign.</summary>
    static abstract TVector Max(TVector left, TVector right);

    /// <summary>All bits of a lane where left is greater, both being positive, else none.</summary>
    static abstract TVector IsGreater(TVector left, TVector right);

    /// <summary>Whether all lanes of left are less, as numbers without a sign.</summary>
    static abstract bool AreAllLess(TVector left, TVector right);

    /// <summary>Lanes of <paramref name="whenSet"/> where the mask has all bits set, else of the other.</summary>
    static abstract TVector Select(TVector mask, TVector whenSet, TVector whenClear);

    /// <summary>Of each half of a lane on its own.</summary>
    static abstract TVector ShiftShortsLeft(TVector vector, int count);

    /// <inheritdoc cref="ShiftShortsLeft"/>
    static abstract TVector AddShorts(TVector left, TVector right);

    /// <summary>The greater of two numbers with a sign, in each half of a lane.</summary>
    static abstract TVector MaxShorts(TVector left, TVector right);

    /// <summary>All bits of a half of a lane where left is greater, as a number with a sign, else none.</summary>
    static abstract TVector IsGreaterOfShorts(TVector left, TVector right);

    /// <summary>Whether <see cref="IsGreaterOfShorts"/> has any bits.</summary>
    static abstract bool IsAnyGreaterOfShorts(TVector left, TVector right);

    static abstract TVector AddFloats(TVector left, TVector right);

    static abstract TVector MultiplyFloats(TVector left, TVector right);
}
