namespace Deconv.Samples.Cli;

/// <summary>
/// A file to be written. It is opened before the work whose result it takes, so that a place
/// that cannot be written is known at once, and takes the place of an older file only when it is
/// complete.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string argument;
    private readonly string path;
    private readonly FileStream stream;

    /// <exception cref="UserErrorException">The place cannot be written.</exception>
    public OutputFile(string argument, string path)
    {
        this.argument = argument;
        this.path = path;
        stream = Try(argument, path, () => Directory.Exists(path)
            ? throw new IOException("it is a folder")
            : new FileStream(path + ".partial", FileMode.Create));
    }

    /// <summary>Does what writes to a place of the user's.</summary>
    /// <exception cref="UserErrorException">The place cannot be written.</exception>
    public static T Try<T>(string argument, string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw UserErrorException.Of(
                argument, path, $"it cannot be written: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    /// <summary>Writes an array as .npy and puts the file in its place.</summary>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public void Write(NpyArray array) => Write(target => Npy.Write(target, array));

    /// <summary>Writes the content and puts the file in its place.</summary>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public void Write(Action<Stream> content) => Try(argument, path, () =>
    {
        content(stream);
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
}
