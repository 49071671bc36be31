namespace Deconv.Samples.Upscale;

/// <summary>
/// Enlarges pictures band by band, so that what is on the accelerator at a time does not grow with
/// the picture's height. Rows first, then columns, rounded to bytes in between: the result is that
/// of Pillow's Image.resize with the same filter, bit for bit.
/// </summary>
internal sealed class Upscaler(
    Engine engine, Filter filter, int factor, int bandPixels = Upscaler.DefaultBandPixels)
{
    /// <summary>Pixels of the result in one band: enough to keep any accelerator busy.</summary>
    private const int DefaultBandPixels = 1 << 21;

    private readonly Interpolation interpolation = new(filter, factor);

    /// <summary>Enlarges a picture.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="progress">Told the number of finished source rows after every band.</param>
    public Picture Run(Picture source, IProgress<int>? progress = null)
    {
        var result = new Picture(source.Width * factor, source.Height * factor, source.Channels);
        using var rows = new AxisPass(engine, interpolation, source.Channels, isHorizontal: true);
        using var columns = new AxisPass(engine, interpolation, source.Channels, isHorizontal: false);
        int bandHeight = Math.Max(1, bandPixels / (result.Width * factor));
        for (int start = 0; start < source.Height; start += bandHeight)
        {
            int end = Math.Min(start + bandHeight, source.Height);
            Planes band = ReadBand(source, start - interpolation.Support, end + interpolation.Support);
            Planes wide = rows.Run(band, 0, source.Width);
            Planes large = columns.Run(wide, start, source.Height);
            WriteBand(large, result, start * factor);
            progress?.Report(end);
        }

        return result;
    }

    /// <summary>Rows [start, end), premultiplied, with repeated edge pixels on all sides.</summary>
    private Planes ReadBand(Picture picture, int start, int end)
    {
        int margin = interpolation.Support;
        var band = new Planes(picture.Channels, end - start, picture.Width + 2 * margin);
        for (int row = start; row < end; ++row)
        {
            ReadOnlySpan<byte> pixels = picture.Row(Math.Clamp(row, 0, picture.Height - 1));
            for (int channel = 0; channel < picture.Channels; ++channel)
            {
                Span<byte> target = band.Row(channel, row - start);
                Span<byte> inside = target.Slice(margin, picture.Width);
                Split(pixels, picture, channel, inside);
                target[..margin].Fill(inside[0]);
                target[^margin..].Fill(inside[^1]);
            }
        }

        return band;
    }

    private static void Split(ReadOnlySpan<byte> pixels, Picture format, int channel, Span<byte> plane)
    {
        int channels = format.Channels;
        bool isColor = format.HasAlpha && channel < channels - 1;
        for (int x = 0; x < plane.Length; ++x)
        {
            byte value = pixels[x * channels + channel];
            plane[x] = isColor ? Alpha.Premultiply(value, pixels[x * channels + channels - 1]) : value;
        }
    }

    private static void WriteBand(Planes band, Picture picture, int firstRow)
    {
        int channels = picture.Channels;
        for (int row = 0; row < band.Height; ++row)
        {
            Span<byte> pixels = picture.Row(firstRow + row);
            ReadOnlySpan<byte> alpha = band.Row(channels - 1, row);
            for (int channel = 0; channel < channels; ++channel)
            {
                ReadOnlySpan<byte> plane = band.Row(channel, row);
                bool isColor = picture.HasAlpha && channel < channels - 1;
                for (int x = 0; x < plane.Length; ++x)
                {
                    pixels[x * channels + channel] =
                        isColor ? Alpha.Unpremultiply(plane[x], alpha[x]) : plane[x];
                }
            }
        }
    }
}
