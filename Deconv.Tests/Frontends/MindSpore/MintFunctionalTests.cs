using System.Numerics.Tensors;
using Deconv.Tests.Support;
using static Deconv.Tests.Frontends.Torch.FunctionalTests;
using F = Deconv.MindSpore.Mint.NN.Functional;
using TorchF = Deconv.Torch.Functional;

namespace Deconv.Tests.Frontends.MindSpore;

/// <summary>What the arguments of mint mean, and what it refuses beyond torch.</summary>
[TestClass]
public sealed class MintFunctionalTests
{
    /// <summary>Each case is the valid call with one thing wrong.</summary>
    private static readonly Dictionary<string, (Arguments Call, string Argument, string[] Words)> Bad = new()
    {
        ["empty batch"] = (new() { Input = [0, 4, 4, 5] }, "input", ["[0, 4, 4, 5]", "at least 1"]),
        ["no rows"] = (new() { Input = [2, 4, 0, 5] }, "input", ["[2, 4, 0, 5]", "at least 1"]),
        ["no columns, unbatched"] = (
            new() { Input = [4, 4, 0] }, "input", ["[4, 4, 0]", "at least 1"]),
        ["no channels"] = (
            new() { Input = [2, 0, 4, 5], Weight = [0, 3, 3, 2] },
            "input",
            ["[2, 0, 4, 5]", "at least 1"]),
        ["no kernel rows"] = (
            new() { Weight = [4, 3, 0, 2] }, "weight", ["[4, 3, 0, 2]", "at least 1"]),
        ["no output channels"] = (
            new() { Weight = [4, 0, 3, 2] }, "weight", ["[4, 0, 3, 2]", "at least 1"]),
        ["input of rank 2"] = (
            new() { Input = [4, 5] }, "input", ["[4, 5]", "(N, C_in, H, W)", "(C_in, H, W)"]),
        ["input of rank 5"] = (
            new() { Input = [1, 2, 4, 4, 5] }, "input", ["[1, 2, 4, 4, 5]", "(N, C_in, H, W)"]),
        ["weight of rank 3"] = (
            new() { Weight = [4, 3, 2] },
            "weight",
            ["[4, 3, 2]", "(C_in, C_out / groups, kH, kW)"]),
        ["weight of the older documentation"] = (
            new() { Weight = [2, 2, 3, 2] }, "input", ["[2, 4, 4, 5]", "2 channels"]),
        ["bias of rank 4"] = (
            new() { Bias = [1, 6, 1, 1] },
            "bias",
            ["[1, 6, 1, 1]", "one-dimensional with 6 elements"]),
        ["bias of one group"] = (new() { Bias = [3] }, "bias", ["[3]", "6 elements"]),
        ["zero stride"] = (
            new() { Stride = (2, 0) }, "stride", ["0 on the width axis", "at least 1"]),
        ["zero dilation"] = (
            new() { Dilation = (0, 1) }, "dilation", ["0 on the height axis", "at least 1"]),
        ["negative padding"] = (
            new() { Padding = (-1, 0) }, "padding", ["-1 on the height axis", "not be negative"]),
        ["negative output padding"] = (
            new() { OutputPadding = (0, -1) },
            "outputPadding",
            ["-1 on the width axis", "not be negative"]),
        ["output padding of the stride"] = (
            new() { OutputPadding = (0, 2) },
            "outputPadding",
            ["2 on the width axis", "less than stride, 2, or dilation, 1"]),
        ["zero groups"] = (new() { Groups = 0 }, "groups", ["is 0", "at least 1"]),
        ["groups that do not divide"] = (
            new() { Groups = 3 }, "weight", ["[4, 3, 3, 2]", "multiple of groups, 3"]),
        ["result of no rows"] = (
            new() { Input = [2, 4, 1, 5], Padding = (2, 0), OutputPadding = (1, 0) },
            "padding",
            ["2 on the height axis", "have 0 elements", "at least 1"]),
        ["result past 32 bits"] = (
            new() { Stride = (1, int.MaxValue) },
            "padding",
            ["0 on the width axis", "at most 2147483647"]),
        ["size past 64 bits"] = (
            new() { Input = [2, 4, 2, 2], Stride = 2_000_000_000 },
            "output",
            ["[2, 6, 2000000003, 2000000002]", "64 bits"]),
    };

    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    public static IEnumerable<object[]> BadRows => Bad.Keys.Select(name => new object[] { name });

    /// <summary>Its documentation's example, and a row of MindSpore's own inference tests.</summary>
    [TestMethod]
    public void Documented_shapes_are_the_results()
    {
        Engine engine = TestAccelerators.Get("cpu");

        Tensor<float> example = F.ConvTranspose2d(
            Tensor.CreateFromShape<float>([1, 6, 32, 32]),
            Tensor.CreateFromShape<float>([6, 3, 5, 5]),
            engine: engine);
        Tensor<float> inference = F.ConvTranspose2d(
            Tensor.CreateFromShape<float>([10, 20, 15]),
            Tensor.CreateFromShape<float>([10, 12, 6, 6]),
            null,
            stride: (4, 3),
            padding: (2, 3),
            outputPadding: (1, 0),
            groups: 2,
            dilation: (1, 2),
            engine);

        CollectionAssert.AreEqual(new nint[] { 1, 3, 36, 36 }, example.Lengths.ToArray());
        CollectionAssert.AreEqual(new nint[] { 24, 79, 47 }, inference.Lengths.ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_legal_call_has_the_bits_of_torch(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        Tensor<float> x = HostTensor.Dyadic(1, 4, 4, 5);
        Tensor<float> w = HostTensor.Dyadic(2, 4, 3, 3, 2);
        Tensor<float> b = HostTensor.Dyadic(3, 6);

        Tensor<float> expected =
            TorchF.ConvTranspose2d(x, w, b, (2, 3), (1, 0), (1, 2), 2, (1, 2), engine);
        Tensor<float> actual = F.ConvTranspose2d(x, w, b, (2, 3), (1, 0), (1, 2), 2, (1, 2), engine);

        AssertTensor([6, 8, 17], HostTensor.Values(expected), actual);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Everything_left_out_means_the_documented_defaults(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        Tensor<float> x = HostTensor.Dyadic(1, 2, 3, 4, 5);
        Tensor<float> w = HostTensor.Dyadic(2, 3, 2, 3, 2);

        Tensor<float> given =
            F.ConvTranspose2d(x, w, null, 1, 0, 0, groups: 1, dilation: 1, engine: engine);

        AssertTensor([2, 2, 6, 6], HostTensor.Values(given), F.ConvTranspose2d(x, w, engine: engine));
    }

    [TestMethod]
    public void The_call_that_the_cases_are_changed_from_is_valid()
    {
        var call = new Arguments();

        Assert.AreEqual(2 * 6 * 9 * 10, call.OnTensors().FlattenedLength);
        Assert.AreEqual(2 * 6 * 9 * 10, call.OnSpans().FlattenedLength);
        using DeviceTensor<float> output = TestAccelerators.Get("cpu").Allocate<float>(2, 6, 9, 10);
        Assert.AreSame(output, call.OnDevice(output));
    }

    [TestMethod]
    [DynamicData(nameof(BadRows))]
    public void A_bad_call_is_refused_in_words_and_leaves_the_output_alone(string name)
    {
        Engine engine = TestAccelerators.Get("cpu");
        float[] before = Dyadic.Values(new Random(9), 2 * 6 * 9 * 10);
        using DeviceTensor<float> output = engine.Upload<float>(HostTensor.Of(before, 2, 6, 9, 10));

        AssertRefused(name, call => call.OnTensors());
        AssertRefused(name, call => call.OnSpans());
        AssertRefused(name, call => call.OnDevice(output));
        AssertRefused(name, call => call.OnDevice(output: null));

        BitAssert.AreEqual(before, HostTensor.Values(output.ToTensor()), "output");
    }

    [TestMethod]
    [DataRow("input")]
    [DataRow("weight")]
    public void Null_is_refused_by_name(string argument)
    {
        Tensor<float> tensor = HostTensor.Filled(1, 1, 1, 1, 1);
        using DeviceTensor<float> device = TestAccelerators.Get("cpu").Upload<float>(tensor);

        ArgumentNullException host = Assert.ThrowsExactly<ArgumentNullException>(() => F.ConvTranspose2d(
            argument == "input" ? null! : tensor, argument == "weight" ? null! : tensor));
        ArgumentNullException onDevice = Assert.ThrowsExactly<ArgumentNullException>(() => F.ConvTranspose2d(
            argument == "input" ? null! : device, argument == "weight" ? null! : device));

        Assert.AreEqual(argument, host.ParamName);
        Assert.AreEqual(argument, onDevice.ParamName);
    }

    private static void AssertRefused(string name, Func<Arguments, object> run)
    {
        (Arguments call, string argument, string[] words) = Bad[name];
        RefusalAssert.Throws(argument, words, () => run(call));
    }

    private sealed record Arguments
    {
        public nint[] Input { get; init; } = [2, 4, 4, 5];

        public nint[] Weight { get; init; } = [4, 3, 3, 2];

        public nint[] Bias { get; init; } = [6];

        public PerAxis<int> Stride { get; init; } = 2;

        public PerAxis<int> Padding { get; init; } = 0;

        public PerAxis<int> OutputPadding { get; init; } = 0;

        public int Groups { get; init; } = 2;

        public PerAxis<int> Dilation { get; init; } = 1;

        private static Engine Engine => TestAccelerators.Get("cpu");

        public Tensor<float> OnTensors() => F.ConvTranspose2d(
            Host(Input), Host(Weight), Host(Bias), Stride, Padding, OutputPadding, Groups, Dilation, Engine);

        public Tensor<float> OnSpans() => F.ConvTranspose2d(
            Host(Input).AsReadOnlyTensorSpan(),
            Host(Weight).AsReadOnlyTensorSpan(),
            Host(Bias).AsReadOnlyTensorSpan(),
            Stride,
            Padding,
            OutputPadding,
            Groups,
            Dilation,
            Engine);

        public DeviceTensor<float> OnDevice(DeviceTensor<float>? output)
        {
            using DeviceTensor<float> input = Engine.Allocate<float>(Input);
            using DeviceTensor<float> weight = Engine.Allocate<float>(Weight);
            using DeviceTensor<float> bias = Engine.Allocate<float>(Bias);
            return F.ConvTranspose2d(
                input, weight, bias, Stride, Padding, OutputPadding, Groups, Dilation, output);
        }

        private static Tensor<float> Host(nint[] lengths) => Tensor.CreateFromShape<float>(lengths);
    }
}
