namespace Deconv.Kernels.Formats;

/// <summary>
/// A format of sixteen bits, as its bits, to and from float. NaN stays a NaN of its sign, and what
/// is rounded goes to the nearest number, of two to the even one.
/// </summary>
internal interface ISixteenBits
{
    /// <summary>
    /// The number that the bits stand for, exactly; for kernels, in arithmetic that every
    /// accelerator has.
    /// </summary>
    static abstract float ToFloat(ushort bits);

    /// <summary>The bits of the nearest number; for kernels too.</summary>
    static abstract ushort Round(float value);

    /// <inheritdoc cref="ToFloat(ushort)"/>
    /// <param name="bits">Extended with their sign.</param>
    static abstract TVector ToFloat<TBitVector, TVector>(TVector bits)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct;

    /// <summary>
    /// The bits of the nearest numbers of two vectors of floats: one's in the lower halves of lanes, the other's in
    /// the upper ones, so that what comes in turns is in order at once.
    /// </summary>
    /// <param name="lower">The bits of floats.</param>
    /// <param name="upper">The bits of others.</param>
    static abstract TVector RoundPairs<TBitVector, TVector>(TVector lower, TVector upper)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct;
}
