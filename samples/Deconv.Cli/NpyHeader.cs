using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Deconv.Samples.Cli;

/// <summary>What stands before the elements of a .npy file (NumPy's format, versions 1 to 3).</summary>
internal static partial class NpyHeader
{
    /// <summary>NumPy starts the elements at a multiple of this.</summary>
    private const int Alignment = 64;

    private static string Readable => string.Join(
        ", ",
        Dtype.All.Select(dtype => dtype == Dtype.BFloat16
            ? $"uint16 ('{dtype.NpyName}') as {dtype}"
            : $"{dtype} ('{dtype.NpyName}')"));

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the type of the elements of an array in C order, and its lengths.</summary>
    /// <exception cref="InvalidDataException">It is another array, or none; the message is a rule.</exception>
    public static (Dtype Dtype, nint[] Lengths) Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length
            || !start[..Magic.Length].SequenceEqual(Magic))
        {
            throw new InvalidDataException("it must be a NumPy array (.npy)");
        }

        int version = start[6];
        if (version is < 1 or > 3)
            throw new InvalidDataException($"it has version {version} of the .npy format, and 1 to 3 are read");
        Span<byte> size = stackalloc byte[version == 1 ? 2 : 4];
        stream.ReadExactly(size);
        uint length = version == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(size)
            : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > ushort.MaxValue)
            throw new InvalidDataException($"its header of {length} bytes is no plain array's");
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return Parse((version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes).Trim());
    }

    /// <summary>Writes the header of an array in C order, version 1.</summary>
    public static void Write(Stream stream, Dtype dtype, ReadOnlySpan<nint> lengths)
    {
        string shape = string.Concat(lengths.ToArray().Select(length => $"{length}, ")).TrimEnd();
        string text = $"{{'descr': '{dtype.NpyName}', 'fortran_order': False, 'shape': ({shape}), }}";
        int unpadded = Magic.Length + 4 + text.Length + 1;
        int padding = (Alignment - unpadded % Alignment) % Alignment;
        byte[] header = Encoding.Latin1.GetBytes(text + new string(' ', padding) + '\n');

        stream.Write(Magic);
        stream.Write([1, 0]);
        Span<byte> size = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)header.Length);
        stream.Write(size);
        stream.Write(header);
    }

    private static (Dtype Dtype, nint[] Lengths) Parse(string header)
    {
        Match descr = DescrPattern().Match(header);
        Match order = OrderPattern().Match(header);
        Match shape = ShapePattern().Match(header);
        if (!descr.Success || !order.Success || !shape.Success)
            throw new InvalidDataException($"its header is no plain array's: {header}");
        Dtype dtype = Dtype.All.FirstOrDefault(dtype => dtype.NpyName == descr.Groups[1].Value)
            ?? throw new InvalidDataException(
                $"its elements are '{descr.Groups[1].Value}', and only these are read: {Readable}");

        if (order.Groups[1].Value == "True")
            throw new InvalidDataException("it is in Fortran order, and only C order is read");
        string[] parts = shape.Groups[1].Value.Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0)
            throw new InvalidDataException("it is a single number without dimensions");
        var lengths = new nint[parts.Length];
        for (int i = 0; i < parts.Length; ++i)
        {
            if (!nint.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out lengths[i]))
                throw new InvalidDataException($"its shape is ({shape.Groups[1].Value})");
        }

        return (dtype, lengths);
    }

    [GeneratedRegex("'descr': *'([^']*)'")]
    private static partial Regex DescrPattern();

    [GeneratedRegex("'fortran_order': *(True|False)")]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"'shape': *\(([^)]*)\)")]
    private static partial Regex ShapePattern();
}
