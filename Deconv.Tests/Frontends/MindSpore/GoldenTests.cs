using System.Numerics.Tensors;
using Deconv.MindSpore;
using Deconv.MindSpore.Ops;
using Deconv.Tests.Support;
using F = Deconv.MindSpore.Mint.NN.Functional;

namespace Deconv.Tests.Frontends.MindSpore;

/// <summary>The goldens of both operators, bit for bit on every accelerator.</summary>
[TestClass]
public sealed class GoldenTests
{
    private static readonly MindSporeGolden[] Ops =
        MindSporeGolden.OfOperator("mindspore.ops.Conv2DTranspose");

    private static readonly MindSporeGolden[] Mint =
        MindSporeGolden.OfOperator("mindspore.mint.conv_transpose2d");

    public static IEnumerable<object[]> OpsRows => TestAccelerators.Cross(Ops.Select(c => c.Name));

    public static IEnumerable<object[]> MintRows => TestAccelerators.Cross(Mint.Select(c => c.Name));

    [TestMethod]
    public void Index_lists_all_32_and_16_cases()
    {
        Assert.HasCount(32, Ops);
        Assert.HasCount(16, Mint);
    }

    [TestMethod]
    [DynamicData(nameof(OpsRows))]
    public void Conv2DTranspose_has_the_bits_of_the_golden(string name, string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        MindSporeGolden golden = Ops.Single(c => c.Name == name);
        Dictionary<string, Tensor<float>> tensors = golden.ReadTensors();
        IntTuple inputSize = [.. golden.Ints("input_size")];
        var op = new Conv2DTranspose(
            golden.Int("out_channel"),
            [.. golden.Ints("kernel_size")],
            golden.String("pad_mode"),
            [.. golden.Ints("pad")],
            stride: [.. golden.Ints("stride")],
            dilation: [.. golden.Ints("dilation")],
            group: golden.Int("group"),
            dataFormat: golden.String("data_format"));
        using DeviceTensor<float> dout = engine.Upload<float>(tensors["x"]);
        using DeviceTensor<float> weight = engine.Upload<float>(tensors["w"]);

        using DeviceTensor<float> onDevice = op.Call(dout, weight, inputSize);

        AssertGolden(tensors, op.Call(tensors["x"], tensors["w"], inputSize, engine));
        AssertGolden(tensors, onDevice.ToTensor());
    }

    [TestMethod]
    [DynamicData(nameof(MintRows))]
    public void ConvTranspose2d_has_the_bits_of_the_golden(string name, string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        MindSporeGolden golden = Mint.Single(c => c.Name == name);
        Dictionary<string, Tensor<float>> tensors = golden.ReadTensors();
        Tensor<float>? bias = tensors.GetValueOrDefault("b");
        PerAxis<int> stride = golden.Pair("stride");
        PerAxis<int> padding = golden.Pair("padding");
        PerAxis<int> outputPadding = golden.Pair("output_padding");
        PerAxis<int> dilation = golden.Pair("dilation");
        int groups = golden.Int("groups");
        using DeviceTensor<float> x = engine.Upload<float>(tensors["x"]);
        using DeviceTensor<float> w = engine.Upload<float>(tensors["w"]);
        using DeviceTensor<float>? b = bias is null ? null : engine.Upload<float>(bias);

        using DeviceTensor<float> onDevice =
            F.ConvTranspose2d(x, w, b, stride, padding, outputPadding, groups, dilation);

        AssertGolden(tensors, onDevice.ToTensor());
        AssertGolden(tensors, F.ConvTranspose2d(
            tensors["x"], tensors["w"], bias, stride, padding, outputPadding, groups, dilation, engine));
        AssertGolden(tensors, F.ConvTranspose2d(
            tensors["x"].AsReadOnlyTensorSpan(),
            tensors["w"].AsReadOnlyTensorSpan(),
            bias is null ? default : bias.AsReadOnlyTensorSpan(),
            stride,
            padding,
            outputPadding,
            groups,
            dilation,
            engine));
    }

    private static void AssertGolden(Dictionary<string, Tensor<float>> tensors, Tensor<float> actual) =>
        Torch.FunctionalTests.AssertTensor(
            tensors["y"].Lengths.ToArray(), HostTensor.Values(tensors["y"]), actual);
}
