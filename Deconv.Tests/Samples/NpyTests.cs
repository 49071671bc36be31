using System.IO.Compression;
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
        Npy.Write(stream, tensor);
        stream.Position = 0;

        Tensor<float> read = Npy.Read(stream);

        CollectionAssert.AreEqual(lengths, read.Lengths.ToArray());
        BitAssert.AreEqual(HostTensor.Values(tensor), HostTensor.Values(read), "round trip");
    }

    [TestMethod]
    [DynamicData(nameof(ShapeRows))]
    public void What_is_written_is_NumPys_format(nint[] lengths)
    {
        Tensor<float> tensor = Sample(lengths);
        using var run = new CliRun();
        using (ZipArchive archive = ZipFile.Open(run.At("a.npz"), ZipArchiveMode.Create))
        using (Stream entry = archive.CreateEntry("x.npy").Open())
            Npy.Write(entry, tensor);

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

        Tensor<float> read = Npy.Read(stream);

        CollectionAssert.AreEqual(new nint[] { 2, 3 }, read.Lengths.ToArray());
        BitAssert.AreEqual(Values, HostTensor.Values(read), "values");
    }

    [TestMethod]
    [DataRow("'<f8'", "False", "(2, 3)", "'<f8', and only float32 ('<f4') is read")]
    [DataRow("'>f4'", "False", "(2, 3)", "'>f4', and only float32 ('<f4') is read")]
    [DataRow("'<f2'", "False", "(2, 3)", "'<f2', and only float32 ('<f4') is read")]
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
