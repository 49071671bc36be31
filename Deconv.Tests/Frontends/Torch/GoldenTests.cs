using System.Numerics.Tensors;
using System.Text.Json;
using Deconv.Tests.Support;
using Deconv.Torch;
using F = Deconv.Torch.Functional;

namespace Deconv.Tests.Frontends.Torch;

/// <summary>
/// Results of torch 2.10 (float64, exact on dyadic data), bit for bit on every accelerator.
/// </summary>
[TestClass]
public sealed class GoldenTests
{
    private static readonly JsonSerializerOptions JsonOptions =
        new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Goldens", "torch");

    public static IEnumerable<object[]> Rows => TestAccelerators.Cross(ReadIndex().Select(c => c.Name));

    [TestMethod]
    public void Index_lists_all_72_cases()
    {
        Assert.HasCount(72, ReadIndex());
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Result_has_the_bits_of_torch(string name, string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        GoldenCase c = ReadIndex().Single(item => item.Name == name);
        Dictionary<string, NumPyArray<float>> arrays =
            NumPy.ReadArchive<float>(Path.Combine(Folder, $"{name}.npz"));

        Tensor<float> output = F.ConvTranspose2d(
            ToTensor(arrays["x"]),
            ToTensor(arrays["w"]),
            c.Bias ? ToTensor(arrays["b"]) : null,
            Pair(c.Stride),
            Pair(c.Padding),
            Pair(c.OutputPadding),
            c.Groups,
            Pair(c.Dilation),
            engine);

        AssertGolden(c, arrays["y"], output, accelerator);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Modules_result_has_the_bits_of_torch(string name, string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        GoldenCase c = ReadIndex().Single(item => item.Name == name);
        Dictionary<string, NumPyArray<float>> arrays =
            NumPy.ReadArchive<float>(Path.Combine(Folder, $"{name}.npz"));
        Tensor<float> x = ToTensor(arrays["x"]), weight = ToTensor(arrays["w"]);

        using var module = new ConvTranspose2d<float>(
            (int)weight.Lengths[0],
            (int)weight.Lengths[1] * c.Groups,
            ((int)weight.Lengths[2], (int)weight.Lengths[3]),
            Pair(c.Stride),
            Pair(c.Padding),
            Pair(c.OutputPadding),
            c.Groups,
            bias: false,
            Pair(c.Dilation),
            engine: engine);
        module.Weight = weight;
        module.Bias = c.Bias ? ToTensor(arrays["b"]) : null;

        AssertGolden(c, arrays["y"], module.Forward(x), accelerator);
    }

    private static void AssertGolden(
        GoldenCase c, NumPyArray<float> expected, Tensor<float> output, string accelerator)
    {
        CollectionAssert.AreEqual(
            c.Output.Select(length => (nint)length).ToArray(), output.Lengths.ToArray());
        BitAssert.AreEqual(expected.Values, HostTensor.Values(output), $"{c.Name} on {accelerator}");
    }

    private static GoldenCase[] ReadIndex() =>
        JsonSerializer.Deserialize<GoldenCase[]>(
            File.ReadAllText(Path.Combine(Folder, "index.json")), JsonOptions)!;

    private static Tensor<float> ToTensor(NumPyArray<float> array) =>
        Tensor.Create(array.Values, [.. array.Lengths.Select(length => (nint)length)]);

    private static PerAxis<int> Pair(int[] values) => (values[0], values[1]);

    private sealed record GoldenCase(
        string Name,
        int[] Stride,
        int[] Padding,
        int[] OutputPadding,
        int[] Dilation,
        int Groups,
        bool Bias,
        int[] Output);
}
