namespace Deconv.Samples.Upscale;

/// <summary>
/// A picture of 1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGBA) channels of 8 bits, pixel by pixel.
/// </summary>
internal sealed record Picture(int Width, int Height, int Channels, byte[] Values)
{
    public Picture(int width, int height, int channels)
        : this(width, height, channels, new byte[ByteCount(width, height, channels)])
    {
    }

    public bool HasAlpha => Channels is 2 or 4;

    public string Format => Channels switch
    {
        1 => "grey",
        2 => "grey with alpha",
        3 => "RGB",
        _ => "RGBA",
    };

    public Span<byte> Row(int row) => Values.AsSpan(row * Width * Channels, Width * Channels);

    /// <summary>The size in memory, which must fit in one array.</summary>
    /// <exception cref="UserErrorException">It does not.</exception>
    public static int ByteCount(long width, long height, int channels)
    {
        long count = width * height * channels;
        if (count > Array.MaxLength)
        {
            throw new UserErrorException(
                $"a result of {width} x {height} pixels takes {count} bytes; {Array.MaxLength} is the most");
        }

        return (int)count;
    }
}
