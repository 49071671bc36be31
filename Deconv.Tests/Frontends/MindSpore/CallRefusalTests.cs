using System.Numerics.Tensors;
using Deconv.Frontends.MindSpore;
using Deconv.Kernels.Problem;
using Deconv.MindSpore;
using Deconv.MindSpore.Ops;
using Deconv.Tests.Support;

namespace Deconv.Tests.Frontends.MindSpore;

/// <summary>Each bad call of a Conv2DTranspose is refused by argument, value and rule.</summary>
[TestClass]
public sealed class CallRefusalTests
{
    private static readonly nint PastInt32 = nint.CreateChecked(1L << 31);

    private static readonly OperatorArguments Nhwc = new() { DataFormat = "NHWC" };

    private static readonly OperatorArguments Same = new() { PadMode = "same" };

    private static readonly OperatorArguments Padded = new() { PadMode = "pad", Pad = (1, 2, 20, 0) };

    /// <summary>Each case is the valid call with one thing wrong.</summary>
    private static readonly Dictionary<string, (Arguments Call, string Argument, string[] Words)> Bad = new()
    {
        ["dout without a batch"] = (
            new() { Dout = [4, 4, 5] }, "dout", ["[4, 4, 5]", "(N, C_dout, H, W)"]),
        ["dout without a batch, NHWC"] = (
            new() { Operator = Nhwc, Dout = [4, 5, 4] },
            "dout",
            ["[4, 5, 4]", "(N, H, W, C_dout)"]),
        ["weight of rank 3"] = (
            new() { Weight = [4, 3, 2] },
            "weight",
            ["[4, 3, 2]", "(C_dout, C_result / group, kH, kW)"]),
        ["weight of rank 5, NHWC"] = (
            new() { Operator = Nhwc, Dout = [2, 4, 5, 4], Weight = [4, 3, 2, 3, 1] },
            "weight",
            ["[4, 3, 2, 3, 1]", "(C_dout, kH, kW, C_result / group)"]),
        ["size of two"] = (
            new() { InputSize = (9, 14) }, "inputSize", ["[9, 14]", "(N, C_result, H, W)"]),
        ["size of one, NHWC"] = (
            new() { Operator = Nhwc, InputSize = 9 }, "inputSize", ["is 9", "(N, H, W, C_result)"]),
        ["dout past 32 bits"] = (
            new() { Dout = [0, 4, 4, PastInt32] }, "dout", ["2147483648", "in 32 bits"]),
        ["weight past 32 bits"] = (
            new() { Weight = [4, 3, 0, PastInt32] }, "weight", ["2147483648", "in 32 bits"]),
        ["no rows"] = (
            new() { Dout = [2, 4, 0, 5] }, "dout", ["[2, 4, 0, 5]", "only the batch may be empty"]),
        ["no kernel columns"] = (
            new() { Weight = [4, 3, 3, 0] }, "weight", ["[4, 3, 3, 0]", "at least 1"]),
        ["no channels of the result"] = (
            new() { Weight = [4, 0, 3, 2] }, "weight", ["[4, 0, 3, 2]", "at least 1"]),
        ["no channels of dout"] = (
            new() { Dout = [2, 0, 4, 5], Weight = [0, 3, 3, 2] },
            "dout",
            ["[2, 0, 4, 5]", "only the batch may be empty"]),
        ["group that does not divide"] = (
            new() { Operator = new() { Group = 3 } },
            "weight",
            ["[4, 3, 3, 2]", "multiple of group, 3"]),
        ["more groups than channels"] = (
            new() { Operator = new() { Group = 8 } },
            "weight",
            ["[4, 3, 3, 2]", "multiple of group, 8"]),
        ["channels that do not match"] = (
            new() { Dout = [2, 3, 4, 5] }, "dout", ["[2, 3, 4, 5]", "[4, 3, 3, 2]", "4 channels"]),
        ["channels first for NHWC"] = (
            new() { Operator = Nhwc }, "dout", ["[2, 4, 4, 5]", "4 channels"]),
        ["another kernel in mode same"] = (
            new() { Operator = Same with { KernelSize = 3 } },
            "weight",
            ["[4, 3, 3, 2]", "kernelSize, [3, 3]"]),
        ["another batch"] = (
            new() { InputSize = [1, 6, 9, 14] },
            "inputSize",
            ["[1, 6, 9, 14]", "batch must be that of dout, 2"]),
        ["channels of one group"] = (
            new() { InputSize = [2, 3, 9, 14] },
            "inputSize",
            ["[2, 3, 9, 14]", "channels must be those of the weight times group, 6"]),
        ["too low"] = (
            new() { InputSize = [2, 6, 8, 14] },
            "inputSize",
            ["[2, 6, 8, 14]", "height must be from 9 to 10", "gives 4"]),
        ["too high"] = (
            new() { InputSize = [2, 6, 11, 14] },
            "inputSize",
            ["[2, 6, 11, 14]", "height must be from 9 to 10"]),
        ["too narrow"] = (
            new() { InputSize = [2, 6, 9, 13] },
            "inputSize",
            [
                "[2, 6, 9, 13]",
                "width must be from 14 to 16",
                "kernel 2, stride 3, dilation 1 and padding 0 and 0 gives 5",
            ]),
        ["too wide"] = (
            new() { InputSize = [2, 6, 10, 17] },
            "inputSize",
            ["[2, 6, 10, 17]", "width must be from 14 to 16"]),
        ["too wide, NHWC"] = (
            new()
            {
                Operator = Nhwc,
                Dout = [2, 4, 5, 4],
                Weight = [4, 3, 2, 3],
                InputSize = [2, 9, 17, 6],
            },
            "inputSize",
            ["[2, 9, 17, 6]", "width must be from 14 to 16"]),
        ["too high, mode same"] = (
            new() { Operator = Same, InputSize = [2, 6, 11, 14] },
            "inputSize",
            ["[2, 6, 11, 14]", "height must be from 1 to 10", "padding 'same'"]),
        ["nothing, mode same"] = (
            new() { Operator = Same, InputSize = [2, 6, 9, 0] },
            "inputSize",
            ["[2, 6, 9, 0]", "width must be from 1 to 16"]),
        ["negative, mode same"] = (
            new() { Operator = Same, InputSize = [2, 6, -9, 14] },
            "inputSize",
            ["[2, 6, -9, 14]", "height must be from 1 to 10"]),
        ["too low, padded"] = (
            new() { Operator = Padded with { Pad = (1, 2, 0, 0) }, InputSize = [2, 6, 5, 14] },
            "inputSize",
            ["[2, 6, 5, 14]", "height must be from 6 to 7", "padding 1 and 2"]),
        ["padded by more than there is"] = (
            new() { Operator = Padded, InputSize = [2, 6, 6, 1] },
            "inputSize",
            ["[2, 6, 6, 1]", "no width in 32 bits", "padding 20 and 0"]),
        ["result past 32 bits"] = (
            new()
            {
                Operator = new() { Stride = (2, int.MaxValue) },
                InputSize = [2, 6, 9, int.MaxValue],
            },
            "inputSize",
            ["no width in 32 bits", "stride 2147483647"]),
        ["crop past 32 bits"] = (
            new()
            {
                Operator = new() { PadMode = "same", Stride = (int.MaxValue, 3) },
                Dout = [2, 4, 3, 5],
                InputSize = [2, 6, 1, 14],
            },
            "inputSize",
            ["[2, 6, 1, 14]", "height must be from 2 to 2147483647"]),
        ["size past 64 bits"] = (
            new()
            {
                Operator = new() { Stride = int.MaxValue },
                Dout = [2, 4, 1, 1],
                InputSize = [2, 6, int.MaxValue, int.MaxValue],
            },
            "inputSize",
            ["[2, 6, 2147483647, 2147483647]", "64 bits"]),
    };

    public static IEnumerable<object[]> Rows => Bad.Keys.Select(name => new object[] { name });

    [TestMethod]
    public void The_call_that_the_cases_are_changed_from_is_valid()
    {
        var call = new Arguments();

        Assert.AreEqual(2 * 6 * 9 * 14, call.OnHost().FlattenedLength);
        using DeviceTensor<float> output = TestAccelerators.Get("cpu").Allocate<float>(2, 6, 9, 14);
        Assert.AreSame(output, call.OnDevice(output));
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_bad_call_is_refused_in_words_and_leaves_the_output_alone(string name)
    {
        (Arguments call, string argument, string[] words) = Bad[name];
        Engine engine = TestAccelerators.Get("cpu");
        float[] before = Dyadic.Values(new Random(9), 2 * 6 * 9 * 14);
        using DeviceTensor<float> output = engine.Upload<float>(HostTensor.Of(before, 2, 6, 9, 14));

        RefusalAssert.Throws(argument, words, () => call.OnHost());
        RefusalAssert.Throws(argument, words, () => call.OnDevice(output: null));
        RefusalAssert.Throws(argument, words, () => call.OnDevice(output));

        BitAssert.AreEqual(before, HostTensor.Values(output.ToTensor()), "output");
    }

    [TestMethod]
    public void An_output_of_another_shape_is_refused_with_both_shapes()
    {
        using DeviceTensor<float> output = TestAccelerators.Get("cpu").Allocate<float>(2, 6, 9, 15);

        RefusalAssert.Throws(
            "output", ["[2, 6, 9, 15]", "[2, 6, 9, 14]"], () => new Arguments().OnDevice(output));
    }

    /// <summary>No tensor has such lengths, but the rules must not wrap either.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Lengths_that_no_memory_holds_are_refused_without_overflow(bool isSame)
    {
        const int Max = int.MaxValue;
        var arguments = new Conv2DTransposeArguments
        {
            KernelSize = Max,
            Stride = Max,
            Dilation = Max,
            Pads = isSame ? null : new AxisPads(Max, Max),
            Group = 2,
            Layout = TensorLayout.ChannelsFirst,
        };

        RefusalAssert.Throws(
            "inputSize",
            ["no height in 32 bits"],
            () => Conv2DTransposeRules.Translate(
                [1, 2, Max, Max], [2, 1, Max, Max], [1, 2, Max, Max], arguments));
        RefusalAssert.Throws(
            "inputSize",
            ["times group, 4294967294"],
            () => Conv2DTransposeRules.Translate(
                [1, 2, 1, 1], [2, Max, Max, Max], [1, Max, 1, 1], arguments));
    }

    [TestMethod]
    [DataRow("dout")]
    [DataRow("weight")]
    public void A_null_tensor_is_refused_by_name(string argument)
    {
        Tensor<float> tensor = HostTensor.Filled(1, 1, 1, 1, 1);
        using DeviceTensor<float> device = TestAccelerators.Get("cpu").Upload<float>(tensor);
        var op = new Conv2DTranspose(1, 1);

        ArgumentNullException host = Assert.ThrowsExactly<ArgumentNullException>(() => op.Call(
            argument == "dout" ? null! : tensor, argument == "weight" ? null! : tensor, [1, 1, 1, 1]));
        ArgumentNullException onDevice = Assert.ThrowsExactly<ArgumentNullException>(() => op.Call(
            argument == "dout" ? null! : device, argument == "weight" ? null! : device, [1, 1, 1, 1]));

        Assert.AreEqual(argument, host.ParamName);
        Assert.AreEqual(argument, onDevice.ParamName);
    }

    private sealed record Arguments
    {
        public OperatorArguments Operator { get; init; } = new();

        public nint[] Dout { get; init; } = [2, 4, 4, 5];

        public nint[] Weight { get; init; } = [4, 3, 3, 2];

        public IntTuple InputSize { get; init; } = [2, 6, 9, 14];

        private static Engine Engine => TestAccelerators.Get("cpu");

        public Tensor<float> OnHost() => Operator.Create().Call(
            Tensor.CreateFromShape<float>(Dout),
            Tensor.CreateFromShape<float>(Weight),
            InputSize,
            Engine);

        public DeviceTensor<float> OnDevice(DeviceTensor<float>? output)
        {
            using DeviceTensor<float> dout = Engine.Allocate<float>(Dout);
            using DeviceTensor<float> weight = Engine.Allocate<float>(Weight);
            return Operator.Create().Call(dout, weight, InputSize, output);
        }
    }
}
