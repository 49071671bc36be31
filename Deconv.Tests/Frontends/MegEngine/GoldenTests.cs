using System.Numerics.Tensors;
using System.Text.Json;
using Deconv.MegEngine;
using Deconv.Tests.Support;
using F = Deconv.MegEngine.Functional;

namespace Deconv.Tests.Frontends.MegEngine;

/// <summary>
/// Results by MegEngine's documentation (float64, exact on dyadic data), bit for bit on every
/// accelerator: from the function on host and device, and from the module.
/// </summary>
[TestClass]
public sealed class GoldenTests
{
    private static readonly JsonSerializerOptions JsonOptions =
        new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Goldens", "frontends");

    public static IEnumerable<object[]> Rows => TestAccelerators.Cross(ReadNames());

    [TestMethod]
    public void Index_lists_all_16_cases()
    {
        Assert.HasCount(16, ReadNames().ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Function_on_host_tensors_has_the_golden_bits(string name, string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        GoldenCase c = Read(name);
        Tensor<float> bias = c.B, inp = c.X, weight = c.W;

        Tensor<float> onTensors = F.ConvTranspose2d(
            inp, weight, bias, c.Stride, c.Padding, c.OutputPadding, c.Dilation, c.Groups, engine: engine);
        Tensor<float> onSpans = F.ConvTranspose2d(
            inp.AsReadOnlyTensorSpan(),
            weight.AsReadOnlyTensorSpan(),
            bias.AsReadOnlyTensorSpan(),
            c.Stride,
            c.Padding,
            c.OutputPadding,
            c.Dilation,
            c.Groups,
            engine: engine);

        AssertGolden(c, onTensors);
        AssertGolden(c, onSpans);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Function_on_device_tensors_has_the_golden_bits(string name, string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        GoldenCase c = Read(name);
        using DeviceTensor<float> inp = engine.Upload(c.X), weight = engine.Upload(c.W), bias = engine.Upload(c.B);
        using DeviceTensor<float> given = engine.Upload(HostTensor.Filled(float.NaN, [.. c.Y.Lengths]));

        using DeviceTensor<float> made = F.ConvTranspose2d(
            inp, weight, bias, c.Stride, c.Padding, c.OutputPadding, c.Dilation, c.Groups);
        DeviceTensor<float> returned = F.ConvTranspose2d(
            inp, weight, bias, c.Stride, c.Padding, c.OutputPadding, c.Dilation, c.Groups, output: given);

        Assert.AreSame(given, returned);
        AssertGolden(c, made.ToTensor());
        AssertGolden(c, given.ToTensor());
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Module_has_the_golden_bits(string name, string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        GoldenCase c = Read(name);
        using var module = new ConvTranspose2d<float>(
            c.InChannels,
            c.OutChannels,
            c.KernelSize,
            c.Stride,
            c.Padding,
            c.OutputPadding,
            c.Dilation,
            c.Groups,
            engine: engine);
        module.Weight = c.W;
        module.Bias = c.B;
        using DeviceTensor<float> inp = engine.Upload(c.X);
        using DeviceTensor<float> output = module.Forward(inp);

        AssertGolden(c, module.Forward(c.X));
        AssertGolden(c, output.ToTensor());
    }

    private static void AssertGolden(GoldenCase c, Tensor<float> actual)
    {
        CollectionAssert.AreEqual(c.Y.Lengths.ToArray(), actual.Lengths.ToArray());
        BitAssert.AreEqual(HostTensor.Values(c.Y), HostTensor.Values(actual), c.Name);
    }

    private static JsonElement[] ReadIndex() =>
        JsonSerializer.Deserialize<JsonElement[]>(File.ReadAllText(Path.Combine(Folder, "index.json")))!;

    private static IEnumerable<string> ReadNames() =>
        ReadIndex()
            .Where(item => item.GetProperty("op").GetString() == "megengine.ConvTranspose2d")
            .Select(item => item.GetProperty("name").GetString()!);

    private static GoldenCase Read(string name)
    {
        JsonElement item = ReadIndex().Single(item => item.GetProperty("name").GetString() == name);
        return new(
            name,
            item.GetProperty("args").Deserialize<Arguments>(JsonOptions)!,
            NumPy.ReadArchive<float>(Path.Combine(Folder, $"{name}.npz")));
    }

    private sealed record Arguments(
        int InChannels,
        int OutChannels,
        int[] KernelSize,
        int[] Stride,
        int[] Padding,
        int[] OutputPadding,
        int[] Dilation,
        int Groups);

    private sealed class GoldenCase(string name, Arguments arguments, Dictionary<string, NumPyArray<float>> arrays)
    {
        public string Name => name;

        public int InChannels => arguments.InChannels;

        public int OutChannels => arguments.OutChannels;

        public int Groups => arguments.Groups;

        public PerAxis<int> KernelSize => Pair(arguments.KernelSize);

        public PerAxis<int> Stride => Pair(arguments.Stride);

        public PerAxis<int> Padding => Pair(arguments.Padding);

        public PerAxis<int> OutputPadding => Pair(arguments.OutputPadding);

        public PerAxis<int> Dilation => Pair(arguments.Dilation);

        public Tensor<float> X => ToTensor("x");

        public Tensor<float> W => ToTensor("w");

        public Tensor<float> B => ToTensor("b");

        public Tensor<float> Y => ToTensor("y");

        private static PerAxis<int> Pair(int[] values) => (values[0], values[1]);

        private Tensor<float> ToTensor(string array) => HostTensor.Of(
            arrays[array].Values, [.. arrays[array].Lengths.Select(length => (nint)length)]);
    }
}
