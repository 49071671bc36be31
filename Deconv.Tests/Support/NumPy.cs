using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Deconv.Tests.Support;

/// <summary>An array as NumPy stores it: lengths and elements in C order.</summary>
internal sealed record NumPyArray<T>(int[] Lengths, T[] Values)
    where T : unmanaged;

/// <summary>Reads the arrays of an .npz file; little-endian, C order, one element type.</summary>
internal static partial class NumPy
{
    public static Dictionary<string, NumPyArray<T>> ReadArchive<T>(string path)
        where T : unmanaged
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        return archive.Entries.ToDictionary(
            entry => Path.GetFileNameWithoutExtension(entry.Name),
            ReadEntry<T>);
    }

    private static NumPyArray<T> ReadEntry<T>(ZipArchiveEntry entry)
        where T : unmanaged
    {
        using var reader = new BinaryReader(entry.Open());
        byte[] magic = reader.ReadBytes(8);
        if (!magic.AsSpan(0, 6).SequenceEqual(Magic))
            throw new InvalidDataException($"{entry.Name} is no NumPy array.");
        int headerLength = magic[6] == 1 ? reader.ReadUInt16() : reader.ReadInt32();
        string header = Encoding.Latin1.GetString(reader.ReadBytes(headerLength));
        string type = TypePattern().Match(header).Groups[1].Value;
        if (type != TypeName<T>() || header.Contains("'fortran_order': True", StringComparison.Ordinal))
            throw new InvalidDataException($"{entry.Name} is '{header.Trim()}'.");

        int[] lengths =
        [
            .. ShapePattern().Match(header).Groups[1].Value
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(text => int.Parse(text, CultureInfo.InvariantCulture)),
        ];
        var values = new T[lengths.Aggregate(1, (product, length) => product * length)];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return new(lengths, values);
    }

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private static string TypeName<T>() => typeof(T) == typeof(float) ? "<f4" : "|u1";

    [GeneratedRegex("'descr': '([^']*)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'shape': \(([^)]*)\)")]
    private static partial Regex ShapePattern();
}
