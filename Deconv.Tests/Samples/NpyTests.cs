using System.IO.Compression;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;
using Deconv.Samples.Cli;
using Deconv.Tests.Support;

namespace Deconv.Tests.Samples;

/// <summary>The command line's arrays, against NumPy's own files and a second reader.</summary>
[TestClass]
public sealed class NpyTests
{
    private const string OnlyThese = "and only these are read: float32 ('<f4'), float64 ('<f8'), float16 ('<f2'), "
        + "uint16 ('<u2') as bfloat16, complex64 ('<c8'), complex128 ('<c16')";

    private static readonly float[] Values = [1, -0f, float.NaN, float.PositiveInfinity, float.Epsilon, 6];

    public static IEnumerable<object[]> ShapeRows =>
    [
        [new nint[] { 6 }],
        [new nint[] { 2, 3 }],
        [new nint[] { 1, 3, 1, 2 }],
        [new nint[] { 0, 3, 4 }],
    ];

    [TestMethod]
    [DynamicData(nameof(ShapeRows))]
    public void What_is_written_is_read_back(nint[] lengths)
    {
        Tensor<float> tensor = Sample(lengths);
        using var stream = new MemoryStream();
        Npy.Write(stream, NpyArray.Of(tensor));
        stream.Position = 0;

        Tensor<float> read = Npy.Read(stream).As<float>();

        CollectionAssert.AreEqual(lengths, read.Lengths.ToArray());
        BitAssert.AreEqual(HostTensor.Values(tensor), HostTensor.Values(read), "round trip");
    }

    [TestMethod]
    public void Every_type_is_written_and_read_back()
    {
        AssertReadBack<float>("<f4", [1, float.NaN, -0f]);
        AssertReadBack<double>("<f8", [1, double.Epsilon, -0.0]);
        AssertReadBack<Half>("<f2", [(Half)1, Half.Epsilon, Half.NaN]);
        AssertReadBack<BFloat16>("<u2", [(BFloat16)1f, BFloat16.Epsilon, BFloat16.NegativeInfinity]);
        AssertReadBack<Complex64>("<c8", [new(1, 2), new(-0f, float.NaN), new(float.Epsilon, 3)]);
        AssertReadBack<Complex>("<c16", [new(1, 2), new(-0.0, double.NaN), new(double.Epsilon, 3)]);
    }

    [TestMethod]
    [DynamicData(nameof(ShapeRows))]
    public void What_is_written_is_NumPys_format(nint[] lengths)
    {
        Tensor<float> tensor = Sample(lengths);
        using var run = new CliRun();
        using (ZipArchive archive = ZipFile.Open(run.At("a.npz"), ZipArchiveMode.Create))
        using (Stream entry = archive.CreateEntry("x.npy").Open())
            Npy.Write(entry, NpyArray.Of(tensor));

        NumPyArray<float> read = NumPy.ReadArchive<float>(run.At("a.npz"))["x"];

        CollectionAssert.AreEqual(lengths.Select(length => (int)length).ToArray(), read.Lengths);
        BitAssert.AreEqual(HostTensor.Values(tensor), read.Values, "second reader");
        byte[] file = System.IO.File.ReadAllBytes(run.Write("x.npy", tensor));
        Assert.AreEqual(0, (file.Length - 4 * read.Values.Length) % 64, "the elements are aligned");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Every_version_of_the_header_is_read(int version)
    {
        using var stream = new MemoryStream(File(version, "'<f4'", "False", "(2, 3)", Values));

        Tensor<float> read = Npy.Read(stream).As<float>();

        CollectionAssert.AreEqual(new nint[] { 2, 3 }, read.Lengths.ToArray());
        BitAssert.AreEqual(Values, HostTensor.Values(read), "values");
    }

    [TestMethod]
    [DataRow("'<i4'", "False", "(2, 3)", $"'<i4', {OnlyThese}")]
    [DataRow("'>f4'", "False", "(2, 3)", $"'>f4', {OnlyThese}")]
    [DataRow("'|V2'", "False", "(2, 3)", $"'|V2', {OnlyThese}")]
    [DataRow("'<f4'", "True", "(2, 3)", "it is in Fortran order, and only C order is read")]
    [DataRow("'<f4'", "False", "()", "it is a single number without dimensions")]
    [DataRow("'<f4'", "False", "(2, x)", "its shape is (2, x)")]
    [DataRow("'<f4'", "False", "(-1, 3)", "its shape is (-1, 3)")]
    [DataRow("'<f4'", "False", "(99999, 99999, 99999, 99999)", "it has more than")]
    [DataRow("[('a', '<f4')]", "False", "(6,)", "its header is no plain array's")]
    [DataRow("'<f4'", "False", "(7,)", "it ends before its array does")]
    public void Other_arrays_are_refused_by_what_they_are(string descr, string order, string shape, string rule)
    {
        using var run = new CliRun();
        string path = run.Write("x.npy", File(1, descr, order, shape, Values));

        UserErrorException error =
            Assert.ThrowsExactly<UserErrorException>(() => Npy.ReadFile("--input", path));

        Assert.StartsWith($"--input is '{path}', but ", error.Message);
        Assert.Contains(rule, error.Message);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("text, and long enough")]
    public void Other_files_are_refused(string text)
    {
        using var run = new CliRun();
        string path = run.Write("x.npy", Encoding.UTF8.GetBytes(text));

        UserErrorException error =
            Assert.ThrowsExactly<UserErrorException>(() => Npy.ReadFile("--bias", path));

        Assert.AreEqual($"--bias is '{path}', but it must be a NumPy array (.npy).", error.Message);
    }

    /// <summary>The bytes are those of memory, behind a header that names the type.</summary>
    private static void AssertReadBack<T>(string name, T[] values)
        where T : unmanaged
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, NpyArray.Of(Tensor.Create(values, [3])));
        stream.Position = 0;

        NpyArray read = Npy.Read(stream);

        BitAssert.AreEqual<T>(values, HostTensor.Values(read.As<T>()), name);
        byte[] file = stream.ToArray();
        Assert.Contains($"'descr': '{name}'", Encoding.Latin1.GetString(file));
        CollectionAssert.AreEqual(MemoryMarshal.AsBytes<T>(values).ToArray(), file[^read.Bytes.Length..]);
    }

    private static Tensor<float> Sample(nint[] lengths) =>
        Tensor.Create(lengths.Contains(0) ? [] : Values, lengths);

    /// <summary>A file as NumPy writes it, with a header of our choice.</summary>
    private static byte[] File(int version, string descr, string order, string shape, float[] values)
    {
        string header = $"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}\n";
        byte[] size = version == 1
            ? BitConverter.GetBytes((ushort)header.Length)
            : BitConverter.GetBytes(header.Length);
        return
        [
            0x93, .. "NUMPY"u8, (byte)version, 0, .. size, .. Encoding.Latin1.GetBytes(header),
            .. MemoryMarshal.AsBytes(values.AsSpan()),
        ];
    }
}
