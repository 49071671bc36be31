namespace Deconv.Samples.Upscale;

/// <summary>
/// Colour under alpha is interpolated premultiplied, so that what is invisible does not bleed;
/// rounding is Pillow's.
/// </summary>
internal static class Alpha
{
    public static byte Premultiply(byte color, byte alpha)
    {
        int product = color * alpha + 128;
        return (byte)((product + (product >> 8)) >> 8);
    }

    public static byte Unpremultiply(byte color, byte alpha) =>
        alpha is 0 or byte.MaxValue
            ? color
            : (byte)Math.Min(byte.MaxValue, byte.MaxValue * color / alpha);
}
