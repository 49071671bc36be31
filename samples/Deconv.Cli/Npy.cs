using System.IO.Compression;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Deconv.Samples.Cli;

/// <summary>Arrays as NumPy stores them: float32, little-endian, C order.</summary>
internal static class Npy
{
    /// <summary>Reads a .npy file.</summary>
    /// <param name="argument">The argument that names the file.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="UserErrorException">It cannot be read, or holds something else.</exception>
    public static Tensor<float> ReadFile(string argument, string path) => Try(argument, path, () =>
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream);
    });

    /// <summary>Reads those of the named arrays that a .npz file has.</summary>
    /// <inheritdoc cref="ReadFile"/>
    public static Dictionary<string, Tensor<float>> ReadArchive(
        string argument, string path, string[] names) => Try(argument, path, () =>
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        var arrays = new Dictionary<string, Tensor<float>>();
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
    public static Tensor<float> Read(Stream stream)
    {
        nint[] lengths = NpyHeader.Read(stream);
        Int128 count = 1;
        foreach (nint length in lengths)
            count = Int128.Min(count * length, long.MaxValue);
        if (count > Array.MaxLength)
            throw new InvalidDataException($"it has more than {Array.MaxLength} elements");
        var values = new float[(int)count];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return Tensor.Create(values, lengths);
    }

    /// <summary>Writes one array.</summary>
    public static void Write(Stream stream, Tensor<float> tensor)
    {
        NpyHeader.Write(stream, tensor.Lengths);
        stream.Write(MemoryMarshal.AsBytes(Values(tensor).AsSpan()));
    }

    public static float[] Values(Tensor<float> tensor)
    {
        var values = new float[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return values;
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
