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

    /// <inheritdoc cref="Round(float)"/>
    /// <param name="bits">Those of floats.</param>
    static abstract TVector Round<TBitVector, TVector>(TVector bits)
        where TBitVector : struct, IBitVector<TVector>
        where TVector : struct;
}
