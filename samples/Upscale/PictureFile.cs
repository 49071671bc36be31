using StbImageSharp;
using StbImageWriteSharp;

namespace Deconv.Samples.Upscale;

/// <summary>
/// A PNG file to be written. It is opened before the work whose result it takes, so that a place
/// that cannot be written is known at once, and takes the place of an older file only when it is
/// complete.
/// </summary>
internal sealed class PictureFile : IDisposable
{
    private readonly string path;
    private readonly FileStream stream;

    /// <exception cref="UserErrorException">The place cannot be written.</exception>
    public PictureFile(string path)
    {
        this.path = path;
        stream = Try("output", path, "written", () => Directory.Exists(path)
            ? throw new IOException("it is a folder.")
            : new FileStream(path + ".partial", FileMode.Create));
    }

    /// <summary>Reads a PNG or JPEG file; 16-bit samples are reduced to 8.</summary>
    /// <exception cref="UserErrorException">It cannot be read, or is no such picture.</exception>
    public static Picture Read(string path)
    {
        using FileStream stream = Try("picture", path, "read", () => File.OpenRead(path));
        try
        {
            ImageResult image = ImageResult.FromStream(stream, StbImageSharp.ColorComponents.Default);
            return new(image.Width, image.Height, (int)image.SourceComp, image.Data);
        }
#pragma warning disable CA1031 // The decoder has no exception type of its own.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw new UserErrorException(
                $"picture '{path}' is no PNG or JPEG that can be decoded: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the picture and puts the file in its place.</summary>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public void Write(Picture picture) => Try("output", path, "written", () =>
    {
        new ImageWriter().WritePng(
            picture.Values,
            picture.Width,
            picture.Height,
            (StbImageWriteSharp.ColorComponents)picture.Channels,
            stream);
        stream.Close();
        File.Move(stream.Name, path, overwrite: true);
        return path;
    });

    /// <summary>Removes what is there of a file that was not completed.</summary>
    public void Dispose()
    {
        stream.Dispose();
        File.Delete(stream.Name);
    }

    private static T Try<T>(string role, string path, string verb, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{role} '{path}' cannot be {verb}: {exception.Message}", exception);
        }
    }
}
