using System.Numerics.Tensors;
using Deconv.Tests.Support;
using F = Deconv.MegEngine.Functional;

namespace Deconv.Tests.Frontends.MegEngine;

/// <summary>Each bad call is refused by argument, value and rule, in every overload alike.</summary>
[TestClass]
public sealed class RefusalTests
{
    /// <summary>Each case is the valid call with one thing wrong.</summary>
    private static readonly Dictionary<string, (Call Call, string Argument, string[] Words)> Bad = new()
    {
        ["inp of rank 2"] = (new() { Inp = [4, 5] }, "inp", ["[4, 5]", "(N, C_in, H, W)", "(C_in, H, W)"]),
        ["inp of rank 5"] = (new() { Inp = [1, 2, 4, 4, 5] }, "inp", ["[1, 2, 4, 4, 5]", "(N, C_in, H, W)"]),
        ["weight of torch's rank with groups"] = (
            new() { Weight = [4, 3, 3, 2] },
            "weight",
            ["[4, 3, 3, 2]", "with groups, 2", "(groups, C_in / groups, C_out / groups, kH, kW)"]),
        ["weight of rank 5 without groups"] = (
            new() { Weight = [1, 4, 6, 3, 2], Groups = 1 },
            "weight",
            ["[1, 4, 6, 3, 2]", "(C_in, C_out, kH, kW)"]),
        ["weight of other groups"] = (
            new() { Weight = [4, 1, 3, 3, 2] },
            "weight",
            ["[4, 1, 3, 3, 2]", "first length must be groups, 2"]),
        ["bias of torch's rank"] = (new() { Bias = [6] }, "bias", ["[6]", "[1, 6, 1, 1]"]),
        ["bias of one group"] = (new() { Bias = [1, 3, 1, 1] }, "bias", ["[1, 3, 1, 1]", "[1, 6, 1, 1]"]),
        ["bias to broadcast"] = (new() { Bias = [1, 1, 1, 1] }, "bias", ["[1, 1, 1, 1]", "[1, 6, 1, 1]"]),
        ["bias of a batch"] = (new() { Bias = [2, 6, 1, 1] }, "bias", ["[2, 6, 1, 1]", "[1, 6, 1, 1]"]),
        ["negative padding"] = (
            new() { Padding = (0, -1) }, "padding", ["-1 on the width axis", "not be negative"]),
        ["negative output padding"] = (
            new() { OutputPadding = (-2, 0) }, "outputPadding", ["-2 on the height axis", "not be negative"]),
        ["zero stride"] = (new() { Stride = (0, 2) }, "stride", ["0 on the height axis", "at least 1"]),
        ["negative stride"] = (new() { Stride = (2, -1) }, "stride", ["-1 on the width axis", "at least 1"]),
        ["zero dilation"] = (new() { Dilation = (1, 0) }, "dilation", ["0 on the width axis", "at least 1"]),
        ["zero groups"] = (new() { Groups = 0 }, "groups", ["0", "at least 1"]),
        ["negative groups"] = (new() { Groups = -1 }, "groups", ["-1", "at least 1"]),
        ["channels that do not match"] = (
            new() { Inp = [2, 3, 4, 5] }, "inp", ["[2, 3, 4, 5]", "[2, 2, 3, 3, 2]", "4 channels"]),
        ["channels that do not match, unbatched"] = (
            new() { Inp = [2, 4, 5] }, "inp", ["[2, 4, 5]", "4 channels"]),
        ["output padding of the stride"] = (
            new() { OutputPadding = (2, 0) }, "outputPadding", ["2 on the height axis", "less than stride, 2"]),
        ["output padding below the dilation only"] = (
            new() { Dilation = (1, 4), OutputPadding = (0, 2) },
            "outputPadding",
            ["2 on the width axis", "less than stride, 2"]),
        ["output padding, empty batch"] = (
            new() { Inp = [0, 4, 4, 5], OutputPadding = 2 },
            "outputPadding",
            ["2 on the height axis", "less than stride, 2"]),
        ["result of 0 rows"] = (
            new() { Inp = [2, 4, 1, 5], Padding = (2, 0), OutputPadding = (1, 0) },
            "padding",
            ["2 on the height axis", "have 0 elements", "at least 1"]),
        ["result of -3 columns, empty batch"] = (
            new() { Inp = [0, 4, 4, 1], Padding = (0, 3), OutputPadding = (0, 1) },
            "padding",
            ["3 on the width axis", "have -3 elements", "at least 1"]),
        ["zero rows"] = (new() { Inp = [2, 4, 0, 5] }, "inp", ["[2, 4, 0, 5]", "only the batch may be empty"]),
        ["zero columns, unbatched"] = (
            new() { Inp = [4, 4, 0] }, "inp", ["[4, 4, 0]", "only the batch may be empty"]),
        ["zero channels"] = (
            new() { Inp = [2, 0, 4, 5], Weight = [2, 0, 3, 3, 2] },
            "inp",
            ["[2, 0, 4, 5]", "only the batch may be empty"]),
        ["zero kernel rows"] = (
            new() { Weight = [2, 2, 3, 0, 2] }, "weight", ["[2, 2, 3, 0, 2]", "no length of it may be 0"]),
        ["zero output channels"] = (
            new() { Weight = [2, 2, 0, 3, 2], Bias = [1, 0, 1, 1] },
            "weight",
            ["[2, 2, 0, 3, 2]", "no length of it may be 0"]),
        ["convolution proper"] = (
            new() { ConvMode = "convolution" }, "convMode", ["'convolution'", "'cross_correlation'"]),
        ["accumulation for 16-bit tensors"] = (
            new() { ComputeMode = "float32" }, "computeMode", ["'float32'", "'default'", "16 bits"]),
        ["another compute mode"] = (new() { ComputeMode = "fast" }, "computeMode", ["'fast'", "'default'"]),
        ["padding past 32 bits"] = (
            new() { Padding = (0, int.MaxValue) },
            "padding",
            ["2147483647 on the width axis", "have -4294967284 elements", "at least 1"]),
        ["result past 32 bits"] = (
            new() { Stride = (int.MaxValue, 1) }, "padding", ["0 on the height axis", "at most 2147483647"]),
        ["kernel past 32 bits"] = (
            new() { Dilation = (1, int.MaxValue), Weight = [2, 2, 3, 3, 3] },
            "padding",
            ["0 on the width axis", "at most 2147483647"]),
        ["size past 64 bits"] = (
            new() { Inp = [2, 4, 2, 2], Stride = 2_000_000_000 },
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

    /// <summary>Shapes without elements take no memory, however long their other lengths are.</summary>
    [TestMethod]
    [DataRow(new long[] { 0, 4, 4, 1L << 32 })]
    [DataRow(new long[] { 0, 1L << 32, 4, 5 })]
    public void A_length_past_32_bits_is_refused_by_name(long[] lengths)
    {
        Engine engine = TestAccelerators.Get("cpu");
        using DeviceTensor<float> inp = engine.Allocate<float>([.. lengths.Select(length => (nint)length)]);
        using DeviceTensor<float> weight = engine.Allocate<float>(4, 6, 3, 2);

        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(() => F.ConvTranspose2d(inp, weight));

        Assert.AreEqual("inp", refusal.ParamName);
        Assert.Contains("4294967296", refusal.Message);
        Assert.Contains("32 bits", refusal.Message);
    }

    [TestMethod]
    [DataRow("inp")]
    [DataRow("weight")]
    [DataRow("convMode")]
    [DataRow("computeMode")]
    public void Null_is_refused_by_name(string argument)
    {
        T Unless<T>(string name, T value) => argument == name ? default! : value;
        Tensor<float> tensor = HostTensor.Filled(1, 1, 1, 1, 1);
        using DeviceTensor<float> device = TestAccelerators.Get("cpu").Upload<float>(tensor);

        ArgumentNullException host = Assert.ThrowsExactly<ArgumentNullException>(() => F.ConvTranspose2d(
            Unless("inp", tensor),
            Unless("weight", tensor),
            convMode: Unless("convMode", "cross_correlation"),
            computeMode: Unless("computeMode", "default")));
        ArgumentNullException onDevice = Assert.ThrowsExactly<ArgumentNullException>(() => F.ConvTranspose2d(
            Unless("inp", device),
            Unless("weight", device),
            convMode: Unless("convMode", "cross_correlation"),
            computeMode: Unless("computeMode", "default")));

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
        public nint[] Inp { get; init; } = [2, 4, 4, 5];

        public nint[] Weight { get; init; } = [2, 2, 3, 3, 2];

        public nint[] Bias { get; init; } = [1, 6, 1, 1];

        public PerAxis<int> Stride { get; init; } = 2;

        public PerAxis<int> Padding { get; init; } = 0;

        public PerAxis<int> OutputPadding { get; init; } = 0;

        public PerAxis<int> Dilation { get; init; } = 1;

        public int Groups { get; init; } = 2;

        public string ConvMode { get; init; } = "cross_correlation";

        public string ComputeMode { get; init; } = "default";

        private static Engine Engine => TestAccelerators.Get("cpu");

        public Tensor<float> OnTensors() => F.ConvTranspose2d(
            Host(Inp),
            Host(Weight),
            Host(Bias),
            Stride,
            Padding,
            OutputPadding,
            Dilation,
            Groups,
            ConvMode,
            ComputeMode,
            Engine);

        public Tensor<float> OnSpans() => F.ConvTranspose2d(
            Host(Inp).AsReadOnlyTensorSpan(),
            Host(Weight).AsReadOnlyTensorSpan(),
            Host(Bias).AsReadOnlyTensorSpan(),
            Stride,
            Padding,
            OutputPadding,
            Dilation,
            Groups,
            ConvMode,
            ComputeMode,
            Engine);

        public DeviceTensor<float> OnDevice(DeviceTensor<float>? output)
        {
            using DeviceTensor<float> inp = Engine.Allocate<float>(Inp);
            using DeviceTensor<float> weight = Engine.Allocate<float>(Weight);
            using DeviceTensor<float> bias = Engine.Allocate<float>(Bias);
            return F.ConvTranspose2d(
                inp,
                weight,
                bias,
                Stride,
                Padding,
                OutputPadding,
                Dilation,
                Groups,
                ConvMode,
                ComputeMode,
                output);
        }

        private static Tensor<float> Host(nint[] lengths) => Tensor.CreateFromShape<float>(lengths);
    }
}
