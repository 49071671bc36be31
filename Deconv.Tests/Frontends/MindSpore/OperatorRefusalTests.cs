using Deconv.MindSpore;
using Deconv.MindSpore.Ops;
using Deconv.Tests.Support;

namespace Deconv.Tests.Frontends.MindSpore;

/// <summary>A bad Conv2DTranspose is refused when it is made, by argument, value, rule.</summary>
[TestClass]
public sealed class OperatorRefusalTests
{
    /// <summary>Each case is the valid operator with one thing wrong.</summary>
    private static readonly Dictionary<string, (OperatorArguments Operator, string Argument, string[] Words)>
        Bad = new()
        {
            ["no channels"] = (new() { OutChannel = 0 }, "outChannel", ["is 0", "at least 1"]),
            ["zero kernel"] = (new() { KernelSize = 0 }, "kernelSize", ["is 0", "at least 1"]),
            ["kernel with a zero"] = (
                new() { KernelSize = (3, 0) }, "kernelSize", ["[3, 0]", "at least 1"]),
            ["kernel of three"] = (
                new() { KernelSize = [3, 2, 1] }, "kernelSize", ["[3, 2, 1]", "height, width"]),
            ["kernel of four"] = (
                new() { KernelSize = [1, 1, 3, 2] },
                "kernelSize",
                ["[1, 1, 3, 2]", "height, width"]),
            ["kernel of nothing"] = (
                new() { KernelSize = [] }, "kernelSize", ["[]", "one number or two"]),
            ["kernel left at default"] = (
                new() { KernelSize = default }, "kernelSize", ["[]", "one number"]),
            ["unknown pad mode"] = (
                new() { PadMode = "full" }, "padMode", ["'full'", "'valid', 'same' or 'pad'"]),
            ["empty pad mode"] = (new() { PadMode = "" }, "padMode", ["''", "'valid'"]),
            ["pad of two"] = (
                new() { PadMode = "pad", Pad = (1, 1) },
                "pad",
                ["[1, 1]", "top, bottom, left, right"]),
            ["negative pad"] = (
                new() { PadMode = "pad", Pad = (0, 0, 0, -1) },
                "pad",
                ["[0, 0, 0, -1]", "not be negative"]),
            ["negative pad in mode valid"] = (
                new() { Pad = -1 }, "pad", ["is -1", "not be negative"]),
            ["pad in mode valid"] = (
                new() { Pad = 1 }, "pad", ["is 1", "0 unless padMode is 'pad'", "'valid'"]),
            ["pad in mode same"] = (
                new() { PadMode = "SAME", Pad = (0, 0, 0, 1) },
                "pad",
                ["[0, 0, 0, 1]", "0 unless padMode is 'pad'", "'SAME'"]),
            ["pad list of one"] = (
                new() { PadList = 1 },
                "padList",
                ["is 1", "four numbers: top, bottom, left, right"]),
            ["pad list below -1"] = (
                new() { PadList = (0, -2, 0, 0) },
                "padList",
                ["[0, -2, 0, 0]", "at least 0, or -1"]),
            ["mode of convolution"] = (new() { Mode = 0 }, "mode", ["is 0", "must be 1"]),
            ["zero stride"] = (new() { Stride = 0 }, "stride", ["is 0", "at least 1"]),
            ["negative stride"] = (new() { Stride = (2, -1) }, "stride", ["[2, -1]", "at least 1"]),
            ["stride of three"] = (
                new() { Stride = [1, 2, 3] }, "stride", ["[1, 2, 3]", "1, 1, height, width"]),
            ["stride over the batch"] = (
                new() { Stride = (2, 1, 2, 3) },
                "stride",
                ["[2, 1, 2, 3]", "first two", "must be 1"]),
            ["stride over the channels"] = (
                new() { Stride = (1, 2, 2, 3) },
                "stride",
                ["[1, 2, 2, 3]", "first two", "must be 1"]),
            ["stride of four with a zero"] = (
                new() { Stride = (1, 1, 2, 0) }, "stride", ["[1, 1, 2, 0]", "at least 1"]),
            ["zero dilation"] = (new() { Dilation = (0, 1) }, "dilation", ["[0, 1]", "at least 1"]),
            ["dilation over the channels"] = (
                new() { Dilation = (1, 3, 1, 1) }, "dilation", ["[1, 3, 1, 1]", "first two"]),
            ["dilation of nothing"] = (
                new() { Dilation = default(IntTuple) }, "dilation", ["[]", "one number"]),
            ["zero group"] = (new() { Group = 0 }, "group", ["is 0", "at least 1"]),
            ["negative group"] = (new() { Group = -2 }, "group", ["is -2", "at least 1"]),
            ["data format in small letters"] = (
                new() { DataFormat = "nchw" }, "dataFormat", ["'nchw'", "'NCHW' or 'NHWC'"]),
            ["data format of volumes"] = (
                new() { DataFormat = "NCDHW" }, "dataFormat", ["'NCDHW'", "'NCHW' or 'NHWC'"]),
        };

    public static IEnumerable<object[]> Rows => Bad.Keys.Select(name => new object[] { name });

    [TestMethod]
    public void The_operator_that_the_cases_are_changed_from_is_valid()
    {
        Assert.IsNotNull(new OperatorArguments().Create());
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_bad_operator_is_refused_in_words(string name)
    {
        (OperatorArguments op, string argument, string[] words) = Bad[name];
        RefusalAssert.Throws(argument, words, () => op.Create());
    }

    [TestMethod]
    public void A_null_text_is_refused_by_name()
    {
        Assert.AreEqual("padMode", Assert.ThrowsExactly<ArgumentNullException>(
            () => new Conv2DTranspose(1, 1, padMode: null!)).ParamName);
        Assert.AreEqual("dataFormat", Assert.ThrowsExactly<ArgumentNullException>(
            () => new Conv2DTranspose(1, 1, dataFormat: null!)).ParamName);
    }
}
