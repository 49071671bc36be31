namespace Deconv.Samples.Generator;

/// <summary>Pictures side by side in one.</summary>
internal sealed record PictureGrid(int Width, int Height, byte[] Pixels)
{
    /// <param name="values">(pictures, 3, size, size) in [-1, 1].</param>
    /// <param name="columns">Pictures in a row.</param>
    public static PictureGrid Of(ReadOnlySpan<float> values, int columns)
    {
        const int Size = Network.PictureSize;
        int count = values.Length / (Network.Colors * Size * Size);
        int width = Math.Min(columns, count) * Size;
        int height = (count + columns - 1) / columns * Size;
        byte[] pixels = new byte[width * height * Network.Colors];
        for (int i = 0; i < values.Length; ++i)
        {
            (int plane, int position) = Math.DivRem(i, Size * Size);
            (int picture, int color) = Math.DivRem(plane, Network.Colors);
            (int y, int x) = Math.DivRem(position, Size);
            (int row, int column) = Math.DivRem(picture, columns);
            int pixel = (row * Size + y) * width + column * Size + x;
            pixels[pixel * Network.Colors + color] = (byte)MathF.Round((values[i] + 1) * 127.5f);
        }

        return new(width, height, pixels);
    }
}
