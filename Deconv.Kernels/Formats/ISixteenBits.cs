using System.Numerics;

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
    static abstract Vector<float> ToFloat(Vector<int> bits);

    /// <inheritdoc cref="Round(float)"/>
    static abstract Vector<uint> Round(Vector<float> value);
}
