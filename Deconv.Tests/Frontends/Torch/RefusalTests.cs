using System.Numerics.Tensors;
using Deconv.Tests.Support;
using F = Deconv.Torch.Functional;

namespace Deconv.Tests.Frontends.Torch;

/// <summary>Each bad call is refused by argument, value and rule, in every overload alike.</summary>
[TestClass]
public sealed class RefusalTests
{
    /// <summary>Each case is the valid call with one thing wrong.</summary>
    private static readonly Dictionary<string, (Call Call, string Argument, string[] Words)> Bad = new()
    {
        ["input of rank 2"] = (
            new() { Input = [4, 5] },
            "input",
            ["[4, 5]", "(N, C_in, H, W)", "(C_in, H, W)"]),
        ["input of rank 5"] = (
            new() { Input = [1, 2, 4, 4, 5] },
            "input",
            ["[1, 2, 4, 4, 5]", "(N, C_in, H, W)"]),
        ["weight of rank 3"] = (
            new() { Weight = [4, 3, 2] },
            "weight",
            ["[4, 3, 2]", "(C_in, C_out / groups, kH, kW)"]),
        ["bias of rank 2"] = (
            new() { Bias = [1, 6] },
            "bias",
            ["[1, 6]", "one-dimensional with 6 elements"]),
        ["bias too short"] = (new() { Bias = [5] }, "bias", ["[5]", "6 elements"]),
        ["bias of one group"] = (new() { Bias = [3] }, "bias", ["[3]", "6 elements"]),
        ["bias without elements"] = (new() { Bias = [0] }, "bias", ["[0]", "6 elements"]),
        ["negative padding"] = (
            new() { Padding = (0, -1) },
            "padding",
            ["-1 on the width axis", "not be negative"]),
        ["negative output padding"] = (
            new() { OutputPadding = (-2, 0) },
            "outputPadding",
            ["-2 on the height axis", "not be negative"]),
        ["zero stride"] = (
            new() { Stride = (0, 2) },
            "stride",
            ["0 on the height axis", "at least 1"]),
        ["negative stride"] = (
            new() { Stride = (2, -1) },
            "stride",
            ["-1 on the width axis", "at least 1"]),
        ["zero dilation"] = (
            new() { Dilation = (1, 0) },
            "dilation",
            ["0 on the width axis", "at least 1"]),
        ["negative dilation"] = (
            new() { Dilation = (-1, 1) },
            "dilation",
            ["-1 on the height axis", "at least 1"]),
        ["zero groups"] = (new() { Groups = 0 }, "groups", ["0", "at least 1"]),
        ["negative groups"] = (new() { Groups = -1 }, "groups", ["-1", "at least 1"]),
        ["groups that do not divide"] = (
            new() { Groups = 3 },
            "weight",
            ["[4, 3, 3, 2]", "multiple of groups, 3"]),
        ["more groups than channels"] = (
            new() { Groups = 8 },
            "weight",
            ["[4, 3, 3, 2]", "multiple of groups, 8"]),
        ["channels that do not match"] = (
            new() { Input = [2, 3, 4, 5] },
            "input",
            ["[2, 3, 4, 5]", "[4, 3, 3, 2]", "4 channels"]),
        ["channels that do not match, unbatched"] = (
            new() { Input = [2, 4, 5] },
            "input",
            ["[2, 4, 5]", "4 channels"]),
        ["output padding of the stride"] = (
            new() { OutputPadding = (2, 0) },
            "outputPadding",
            [
                "2 on the height axis",
                "less than stride, 2, or dilation, 1",
                "output padding [2, 0], stride [2, 2], dilation [1, 1]",
            ]),
        ["output padding of the dilation"] = (
            new() { Stride = 1, Dilation = (1, 3), OutputPadding = (0, 3) },
            "outputPadding",
            ["3 on the width axis", "less than stride, 1, or dilation, 3"]),
        ["result of 0 rows"] = (
            new() { Input = [2, 4, 1, 5], Padding = (2, 0), OutputPadding = (1, 0), Groups = 2 },
            "padding",
            ["2 on the height axis", "have 0 elements", "at least 1"]),
        ["result of -3 columns"] = (
            new() { Input = [2, 4, 4, 1], Padding = (0, 3), OutputPadding = (0, 1) },
            "padding",
            ["3 on the width axis", "have -3 elements", "at least 1"]),
        ["padding past 32 bits"] = (
            new() { Padding = (0, int.MaxValue) },
            "padding",
            ["2147483647 on the width axis", "have -4294967284 elements", "at least 1"]),
        ["result past 32 bits"] = (
            new() { Stride = (int.MaxValue, 1) },
            "padding",
            ["0 on the height axis", "at most 2147483647"]),
        ["zero rows"] = (
            new() { Input = [2, 4, 0, 5] },
            "input",
            ["0 on the height axis", "only the batch may be empty"]),
        ["zero columns, empty batch"] = (
            new() { Input = [0, 4, 4, 0] },
            "input",
            ["0 on the width axis", "only the batch may be empty"]),
        ["zero kernel rows"] = (
            new() { Weight = [4, 3, 0, 2] },
            "weight",
            ["0 on the height axis", "at least 1 element"]),
        ["zero output channels"] = (
            new() { Weight = [4, 0, 3, 2], Bias = [0] },
            "weight",
            ["[4, 0, 3, 2]", "output channels"]),
        ["zero input channels"] = (
            new() { Input = [2, 0, 4, 5], Weight = [0, 3, 3, 2] },
            "weight",
            ["[0, 3, 3, 2]", "not 0"]),
        ["size past 64 bits"] = (
            new() { Input = [2, 4, 2, 2], Stride = 2_000_000_000 },
            "output",
            ["[2, 6, 2000000003, 2000000002]", "64 bits"]),
    };

    public static IEnumerable<object[]> Rows => Bad.Keys.Select(name => new object[] { name });

    [TestMethod]
    public void The_call_that_the_cases_are_changed_from_is_valid()
    {
        var call = new Call();

        Assert.AreEqual(2 * 6 * 9 * 10, call.OnTensors().FlattenedLength);
        Assert.AreEqual(2 * 6 * 9 * 10, call.OnSpans().FlattenedLength);
        using DeviceTensor<float> output = TestAccelerators.Get("cpu").Allocate<float>(2, 6, 9, 10);
        Assert.AreSame(output, call.OnDevice(output));
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_bad_call_on_host_tensors_is_refused_in_words(string name)
    {
        AssertRefused(name, call => call.OnTensors());
        AssertRefused(name, call => call.OnSpans());
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_bad_call_on_device_tensors_is_refused_and_leaves_the_output_alone(string name)
    {
        Engine engine = TestAccelerators.Get("cpu");
        float[] before = Dyadic.Values(new Random(9), 2 * 6 * 9 * 10);
        using DeviceTensor<float> output = engine.Upload<float>(HostTensor.Of(before, 2, 6, 9, 10));

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

    private static void AssertRefused(string name, Func<Call, object> run)
    {
        (Call call, string argument, string[] words) = Bad[name];
        RefusalAssert.Throws(argument, words, () => run(call));
    }

    private sealed record Call
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
