namespace Deconv.Kernels.Formats;

/// <summary>
/// The sixteen bits of a bfloat16 number, in arithmetic that every accelerator has: they are the
/// upper half of a float's.
/// </summary>
internal static class BrainBits
{
    private const uint Infinity = 0x7F80_0000;
    private const ushort Quiet = 0x0040;

    /// <summary>The number that the bits stand for, exactly.</summary>
    public static float ToFloat(ushort bits) => BitConverter.Int32BitsToSingle(bits << 16);

    /// <summary>
    /// The nearest bfloat16, of two the even one. NaN stays a NaN, made quiet, of the same sign.
    /// </summary>
    public static ushort Round(float value)
    {
        uint bits = (uint)BitConverter.SingleToInt32Bits(value);
        // A carry out of the fraction goes to the exponent, as it should, and at last to infinity.
        uint rounded = (bits + 0x7FFF + (bits >> 16 & 1)) >> 16;
        uint nan = bits >> 16 | Quiet;
        return (ushort)((bits & int.MaxValue) > Infinity ? nan : rounded);
    }
}
