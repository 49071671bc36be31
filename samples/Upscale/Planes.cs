namespace Deconv.Samples.Upscale;

/// <summary>Some rows of a picture, one plane of bytes per channel.</summary>
internal sealed record Planes(int Channels, int Height, int Width, byte[] Values)
{
    public Planes(int channels, int height, int width)
        : this(channels, height, width, new byte[channels * height * width])
    {
    }

    public Span<byte> Row(int channel, int row) =>
        Values.AsSpan((channel * Height + row) * Width, Width);
}
