using StbImageSharp;
using StbImageWriteSharp;

namespace Deconv.Samples.Upscale;

/// <summary>Reads and writes picture files.</summary>
internal static class PictureFile
{
    /// <summary>Reads a PNG or JPEG file; 16-bit samples are reduced to 8.</summary>
    /// <exception cref="UserErrorException">It cannot be read, or is no such picture.</exception>
    public static Picture Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            ImageResult image = ImageResult.FromStream(
                stream, StbImageSharp.ColorComponents.Default);
            return new(image.Width, image.Height, (int)image.SourceComp, image.Data);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"picture '{path}' cannot be read: {exception.Message}", exception);
        }
#pragma warning disable CA1031 // The decoder has no exception type of its own.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw new UserErrorException(
                $"picture '{path}' is no PNG or JPEG that can be decoded: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a PNG file.</summary>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public static void Write(string path, Picture picture)
    {
        try
        {
            using FileStream stream = File.Create(path);
            new ImageWriter().WritePng(
                picture.Values,
                picture.Width,
                picture.Height,
                (StbImageWriteSharp.ColorComponents)picture.Channels,
                stream);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"output '{path}' cannot be written: {exception.Message}", exception);
        }
    }
}
