using System.Numerics.Tensors;
using Deconv.Tests.Support;
using Deconv.Torch;

namespace Deconv.Tests.Frontends.Torch;

/// <summary>The constructor of torch's module: defaults, first weights, and what it refuses.</summary>
[TestClass]
public sealed class ModuleArgumentTests
{
    /// <summary>Each case is the valid module with one thing wrong.</summary>
    private static readonly Dictionary<string, (Call Call, string Argument, string[] Words)> Bad = new()
    {
        ["no input channels"] = (new() { In = 0 }, "inChannels", ["0", "at least 1"]),
        ["negative input channels"] = (new() { In = -2 }, "inChannels", ["-2", "at least 1"]),
        ["input channels and groups"] = (new() { In = 3 }, "inChannels", ["3", "divisible by groups, 2"]),
        ["no output channels"] = (new() { Out = 0 }, "outChannels", ["0", "at least 1"]),
        ["output channels and groups"] = (new() { Out = 5 }, "outChannels", ["5", "divisible by groups, 2"]),
        ["no groups"] = (new() { Groups = 0 }, "groups", ["0", "at least 1"]),
        ["negative groups"] = (new() { Groups = -1 }, "groups", ["-1", "at least 1"]),
        ["no kernel rows"] = (new() { Kernel = (0, 2) }, "kernelSize", ["0 on the height axis", "at least 1"]),
        ["negative kernel columns"] = (
            new() { Kernel = (3, -1) }, "kernelSize", ["-1 on the width axis", "at least 1"]),
        ["no stride"] = (new() { Stride = (1, 0) }, "stride", ["0 on the width axis", "at least 1"]),
        ["negative dilation"] = (
            new() { Dilation = (-1, 1) }, "dilation", ["-1 on the height axis", "at least 1"]),
        ["negative padding"] = (new() { Padding = (0, -1) }, "padding", ["-1 on the width axis", "negative"]),
        ["negative output padding"] = (
            new() { OutputPadding = (-1, 0) }, "outputPadding", ["-1 on the height axis", "negative"]),
        ["another padding mode"] = (new() { PaddingMode = "reflect" }, "paddingMode", ["'reflect'", "'zeros'"]),
        ["a weight past 64 bits"] = (
            new() { In = int.MaxValue - 1, Out = int.MaxValue - 1, Kernel = int.MaxValue },
            "kernelSize",
            ["[2147483647, 2147483647]", "2147483646", "an array holds at most"]),
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
    public void A_null_padding_mode_is_refused_by_name()
    {
        ArgumentNullException refusal = Assert.ThrowsExactly<ArgumentNullException>(
            () => new Call { PaddingMode = null! }.Create());

        Assert.AreEqual("paddingMode", refusal.ParamName);
    }

    [TestMethod]
    public void Everything_left_out_means_torchs_defaults()
    {
        using var module = new ConvTranspose2d<float>(4, 6, 3);

        Assert.AreEqual((4, 6, 1), (module.InChannels, module.OutChannels, module.Groups));
        Assert.AreEqual<PerAxis<int>>((3, 3), module.KernelSize);
        Assert.AreEqual<PerAxis<int>>((1, 1), module.Stride);
        Assert.AreEqual<PerAxis<int>>((0, 0), module.Padding);
        Assert.AreEqual<PerAxis<int>>((0, 0), module.OutputPadding);
        Assert.AreEqual<PerAxis<int>>((1, 1), module.Dilation);
        Assert.AreEqual("zeros", module.PaddingMode);
        CollectionAssert.AreEqual(new nint[] { 4, 6, 3, 3 }, module.Weight.Lengths.ToArray());
        CollectionAssert.AreEqual(new nint[] { 6 }, module.Bias!.Lengths.ToArray());
    }

    [TestMethod]
    public void Everything_given_is_kept_height_then_width()
    {
        Engine engine = TestAccelerators.Get("cpu");
        using var module = new ConvTranspose2d<float>(
            4, 6, (3, 2), (5, 4), (1, 2), (3, 0), 2, false, (7, 8), engine: engine);

        Assert.AreEqual((4, 6, 2), (module.InChannels, module.OutChannels, module.Groups));
        Assert.AreEqual<PerAxis<int>>((3, 2), module.KernelSize);
        Assert.AreEqual<PerAxis<int>>((5, 4), module.Stride);
        Assert.AreEqual<PerAxis<int>>((1, 2), module.Padding);
        Assert.AreEqual<PerAxis<int>>((3, 0), module.OutputPadding);
        Assert.AreEqual<PerAxis<int>>((7, 8), module.Dilation);
        Assert.AreSame(engine, module.Engine);
        CollectionAssert.AreEqual(new nint[] { 4, 3, 3, 2 }, module.Weight.Lengths.ToArray());
        Assert.IsNull(module.Bias);
    }

    [TestMethod]
    public void First_weights_are_uniform_within_the_bound_of_torch()
    {
        using var module = new ConvTranspose2d<float>(16, 8, (3, 2), groups: 2, random: new Random(1));
        double bound = Math.Sqrt(2 / (8.0 * 3 * 2));

        float[] weight = HostTensor.Values(module.Weight);

        // Of 384 draws, the greatest and the least lie beyond 95 % of the bound.
        Assert.IsInRange(0.95 * bound, (float)bound, weight.Max());
        Assert.IsInRange(-(float)bound, -0.95 * bound, weight.Min());
        Assert.IsInRange(-0.1 * bound, 0.1 * bound, weight.Average());
        foreach (float value in HostTensor.Values(module.Bias!))
            Assert.IsInRange(-(float)bound, (float)bound, value);
    }

    [TestMethod]
    public void First_weights_are_those_of_the_seed()
    {
        Tensor<float> First(int seed, bool bias)
        {
            using var module = new ConvTranspose2d<float>(4, 6, 3, bias: bias, random: new Random(seed));
            return module.Weight;
        }

        BitAssert.AreEqual(HostTensor.Values(First(5, true)), HostTensor.Values(First(5, false)), "seed 5");
        CollectionAssert.AreNotEqual(HostTensor.Values(First(5, true)), HostTensor.Values(First(6, true)));
    }

    private sealed record Call
    {
        public int In { get; init; } = 4;

        public int Out { get; init; } = 6;

        public PerAxis<int> Kernel { get; init; } = (3, 2);

        public PerAxis<int> Stride { get; init; } = 2;

        public PerAxis<int> Padding { get; init; } = 0;

        public PerAxis<int> OutputPadding { get; init; } = 0;

        public int Groups { get; init; } = 2;

        public PerAxis<int> Dilation { get; init; } = 1;

        public string PaddingMode { get; init; } = "zeros";

        public ConvTranspose2d<float> Create() => new(
            In, Out, Kernel, Stride, Padding, OutputPadding, Groups, true, Dilation, PaddingMode);
    }
}
