using Deconv.MegEngine;
using Deconv.Tests.Support;

namespace Deconv.Tests.Frontends.MegEngine;

/// <summary>The constructor of MegEngine's module: defaults, first weights, and what it refuses.</summary>
[TestClass]
public sealed class ModuleArgumentTests
{
    /// <summary>Each case is the valid module with one thing wrong.</summary>
    private static readonly Dictionary<string, (Call Call, string Argument, string[] Words)> Bad = new()
    {
        ["no input channels"] = (new() { In = 0 }, "inChannels", ["0", "at least 1"]),
        ["input channels and groups"] = (new() { In = 3 }, "inChannels", ["3", "divisible by groups, 2"]),
        ["negative output channels"] = (new() { Out = -2 }, "outChannels", ["-2", "at least 1"]),
        ["output channels and groups"] = (new() { Out = 5 }, "outChannels", ["5", "divisible by groups, 2"]),
        ["no groups"] = (new() { Groups = 0 }, "groups", ["0", "at least 1"]),
        ["no kernel columns"] = (new() { Kernel = (3, 0) }, "kernelSize", ["0 on the width axis", "at least 1"]),
        ["negative stride"] = (new() { Stride = (-1, 1) }, "stride", ["-1 on the height axis", "at least 1"]),
        ["no dilation"] = (new() { Dilation = (1, 0) }, "dilation", ["0 on the width axis", "at least 1"]),
        ["negative padding"] = (new() { Padding = (-1, 0) }, "padding", ["-1 on the height axis", "negative"]),
        ["negative output padding"] = (
            new() { OutputPadding = (0, -1) }, "outputPadding", ["-1 on the width axis", "negative"]),
        ["output padding of the stride"] = (
            new() { OutputPadding = (0, 2), Dilation = 3 },
            "outputPadding",
            ["2 on the width axis", "less than stride, 2"]),
        ["convolution proper"] = (
            new() { ConvMode = "convolution" }, "convMode", ["'convolution'", "'cross_correlation'"]),
        ["accumulation for 16-bit tensors"] = (
            new() { ComputeMode = "float32" }, "computeMode", ["'float32'", "'default'", "16 bits"]),
        ["a weight past an array"] = (
            new() { In = 70_000, Out = 70_000, Kernel = 1 },
            "kernelSize",
            ["[1, 1]", "70000", "2450000000 elements", "an array holds at most"]),
    };

    public static IEnumerable<object[]> Rows => Bad.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_bad_constructor_call_is_refused_in_words(string name)
    {
        (Call call, string argument, string[] words) = Bad[name];

        RefusalAssert.Throws(argument, words, call.Create);
    }

    [TestMethod]
    public void Everything_left_out_means_megengines_defaults()
    {
        using var module = new ConvTranspose2d<float>(4, 6, 3);

        Assert.AreEqual((4, 6, 1), (module.InChannels, module.OutChannels, module.Groups));
        Assert.AreEqual<PerAxis<int>>((3, 3), module.KernelSize);
        Assert.AreEqual<PerAxis<int>>((1, 1), module.Stride);
        Assert.AreEqual<PerAxis<int>>((0, 0), module.Padding);
        Assert.AreEqual<PerAxis<int>>((0, 0), module.OutputPadding);
        Assert.AreEqual<PerAxis<int>>((1, 1), module.Dilation);
        Assert.AreEqual(("cross_correlation", "default"), (module.ConvMode, module.ComputeMode));
        CollectionAssert.AreEqual(new nint[] { 4, 6, 3, 3 }, module.Weight.Lengths.ToArray());
        CollectionAssert.AreEqual(new nint[] { 1, 6, 1, 1 }, module.Bias!.Lengths.ToArray());
    }

    [TestMethod]
    public void Everything_given_is_kept_height_then_width_with_dilation_before_groups()
    {
        Engine engine = TestAccelerators.Get("cpu");
        using var module = new ConvTranspose2d<float>(
            4, 6, (3, 2), (5, 4), (1, 2), (3, 0), (7, 8), 2, false, "Cross_Correlation", "DEFAULT", engine);

        Assert.AreEqual((4, 6, 2), (module.InChannels, module.OutChannels, module.Groups));
        Assert.AreEqual<PerAxis<int>>((3, 2), module.KernelSize);
        Assert.AreEqual<PerAxis<int>>((5, 4), module.Stride);
        Assert.AreEqual<PerAxis<int>>((1, 2), module.Padding);
        Assert.AreEqual<PerAxis<int>>((3, 0), module.OutputPadding);
        Assert.AreEqual<PerAxis<int>>((7, 8), module.Dilation);
        Assert.AreSame(engine, module.Engine);
        CollectionAssert.AreEqual(new nint[] { 2, 2, 3, 3, 2 }, module.Weight.Lengths.ToArray());
        Assert.IsNull(module.Bias);
    }

    [TestMethod]
    public void First_weights_are_normal_with_megengines_variance_and_the_bias_is_0()
    {
        using var module = new ConvTranspose2d<float>(64, 16, (3, 2), groups: 2, random: new Random(1));
        double variance = 1.0 / (3 * 2 * 16);

        float[] weight = HostTensor.Values(module.Weight);

        // Of 3072 draws; a normal distribution has 68.3 % within one standard deviation.
        Assert.IsInRange(0.95 * variance, 1.05 * variance, weight.Average(value => (double)value * value));
        Assert.IsInRange(-0.05 * Math.Sqrt(variance), 0.05 * Math.Sqrt(variance), weight.Average());
        Assert.IsInRange(
            0.66, 0.71, weight.Count(value => Math.Abs(value) < Math.Sqrt(variance)) / (double)weight.Length);
        BitAssert.AreEqual(new float[16], HostTensor.Values(module.Bias!), "bias");
    }

    [TestMethod]
    public void First_weights_are_those_of_the_seed()
    {
        float[] First(int seed)
        {
            using var module = new ConvTranspose2d<float>(4, 6, 3, random: new Random(seed));
            return HostTensor.Values(module.Weight);
        }

        BitAssert.AreEqual(First(5), First(5), "seed 5");
        CollectionAssert.AreNotEqual(First(5), First(6));
    }

    private sealed record Call
    {
        public int In { get; init; } = 4;

        public int Out { get; init; } = 6;

        public PerAxis<int> Kernel { get; init; } = (3, 2);

        public PerAxis<int> Stride { get; init; } = 2;

        public PerAxis<int> Padding { get; init; } = 0;

        public PerAxis<int> OutputPadding { get; init; } = 0;

        public PerAxis<int> Dilation { get; init; } = 1;

        public int Groups { get; init; } = 2;

        public string ConvMode { get; init; } = "cross_correlation";

        public string ComputeMode { get; init; } = "default";

        public ConvTranspose2d<float> Create() => new(
            In, Out, Kernel, Stride, Padding, OutputPadding, Dilation, Groups, true, ConvMode, ComputeMode);
    }
}
