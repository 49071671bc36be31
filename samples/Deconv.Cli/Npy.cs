using System.IO.Compression;

namespace Deconv.Samples.Cli;

/// <summary>Arrays as NumPy stores them: of one of our types, little-endian, C order.</summary>
internal static class Npy
{
    /// <summary>Reads a .npy file.</summary>
    /// <param name="argument">The argument that names the file.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="UserErrorException">It cannot be read, or holds something else.</exception>
    public static NpyArray ReadFile(string argument, string path) => Try(argument, path, () =>
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream);
    });

    /// <summary>Reads those of the named arrays that a .npz file has.</summary>
    /// <inheritdoc cref="ReadFile"/>
    public static Dictionary<string, NpyArray> ReadArchive(
        string argument, string path, string[] names) => Try(argument, path, () =>
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        var arrays = new Dictionary<string, NpyArray>();
        foreach (string name in names)
        {
            if (archive.GetEntry($"{name}.npy") is not ZipArchiveEntry entry)
                continue;
            using Stream stream = entry.Open();
            arrays.Add(name, Read(stream));
        }

        return arrays;
    });

    /// <summary>Reads one array.</summary>
    /// <exception cref="InvalidDataException">It is none of these; the message is a rule.</exception>
    /// <exception cref="EndOfStreamException">It is not complete.</exception>
    public static NpyArray Read(Stream stream)
    {
        (Dtype dtype, nint[] lengths) = NpyHeader.Read(stream);
        Int128 count = 1;
        foreach (nint length in lengths)
            count = Int128.Min(count * length, long.MaxValue);
        if (count * dtype.Size > Array.MaxLength)
            throw new InvalidDataException($"it has more than {Array.MaxLength / dtype.Size} elements");
        var bytes = new byte[(int)count * dtype.Size];
        stream.ReadExactly(bytes);
        return new(dtype, lengths, bytes);
    }

    /// <summary>Writes one array.</summary>
    public static void Write(Stream stream, NpyArray array)
    {
        NpyHeader.Write(stream, array.Dtype, array.Lengths);
        stream.Write(array.Bytes);
    }

    private static T Try<T>(string argument, string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException exception)
        {
            throw UserErrorException.Of(argument, path, exception.Message.TrimEnd('.'), exception);
        }
        catch (EndOfStreamException exception)
        {
            throw UserErrorException.Of(argument, path, "it ends before its array does", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw UserErrorException.Of(
                argument, path, $"it cannot be read: {exception.Message.TrimEnd('.')}", exception);
        }
    }
}
