using System.Globalization;
using Deconv.Samples.Upscale;
using Deconv.Tests.Support;

namespace Deconv.Tests.Samples;

/// <summary>
/// The sample against Pillow's Image.resize (9.4): every filter, factor and pixel format, with
/// noise, hard edges and almost transparent pixels, byte for byte.
/// </summary>
[TestClass]
public sealed class UpscaleTests
{
    private const string SourceName = "source";

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Goldens", "pillow");

    private static string[] Names =>
        [.. Directory.GetFiles(Folder, "*.npz").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    public static IEnumerable<object[]> Rows => TestAccelerators.Cross(Names);

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Result_has_the_bytes_of_Pillow(string name, string accelerator) =>
        CompareAll(name, (filter, factor) => new(TestAccelerators.Get(accelerator), filter, factor));

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Bands_of_one_row_leave_no_seam(string name, string accelerator) =>
        CompareAll(name, (filter, factor) => new(TestAccelerators.Get(accelerator), filter, factor, bandPixels: 1));

    [TestMethod]
    public void Too_large_a_result_is_refused_with_its_size()
    {
        UserErrorException error =
            Assert.ThrowsExactly<UserErrorException>(() => Picture.ByteCount(40_000, 20_000, 4));

        StringAssert.Contains(error.Message, "40000 x 20000");
        StringAssert.Contains(error.Message, "3200000000");
    }

    private static void CompareAll(string name, Func<Filter, int, Upscaler> create)
    {
        Dictionary<string, NumPyArray<byte>> arrays =
            NumPy.ReadArchive<byte>(Path.Combine(Folder, $"{name}.npz"));
        NumPyArray<byte> source = arrays[SourceName];
        var picture = new Picture(source.Lengths[1], source.Lengths[0], source.Lengths[2], source.Values);
        foreach ((string key, NumPyArray<byte> expected) in arrays)
        {
            if (key == SourceName)
                continue;
            string[] parts = key.Split('_');
            int factor = int.Parse(parts[1], CultureInfo.InvariantCulture);

            Picture result = create(Filter.Named(parts[0]), factor).Run(picture);

            Assert.AreEqual(expected.Lengths[1], result.Width, key);
            Assert.AreEqual(expected.Lengths[0], result.Height, key);
            CollectionAssert.AreEqual(expected.Values, result.Values, $"{name}, {key}");
        }
    }
}
