using Deconv.Geometry;
using Deconv.Tests.Oracles;

namespace Deconv.Tests.Geometry;

[TestClass]
public sealed class ConvTransposeGeometryTests
{
    private static readonly ConvTransposeSpec Valid = new CaseShape
    {
        Batch = 2,
        Groups = 2,
        GroupInputChannels = 3,
        GroupOutputChannels = 5,
        Input = (4, 6),
        Kernel = (3, 2),
        Stride = (2, 3),
    }.ToSpec();

    private static readonly AxisSpec Height = Valid.Axes.Height;
    private static readonly AxisSpec Width = Valid.Axes.Width;

    /// <summary>What is refused, under which argument, in words that must be there.</summary>
    private static readonly Dictionary<string, (ConvTransposeSpec Spec, string Argument, string[] Words)> Refused = new()
    {
        ["negative batch"] = (Valid with { Batch = -1 }, "input", ["-1", "negative"]),
        ["zero groups"] = (Valid with { Groups = 0 }, "groups", ["0", "at least 1"]),
        ["zero input channels"] =
            (Valid with { InputChannels = 0 }, "input channels", ["0", "at least 1"]),
        ["zero output channels"] =
            (Valid with { OutputChannels = 0 }, "output channels", ["0", "at least 1"]),
        ["input channels not divisible"] =
            (Valid with { InputChannels = 7 }, "input channels", ["7", "divisible by groups, 2"]),
        ["output channels not divisible"] =
            (Valid with { OutputChannels = 9 }, "output channels", ["9", "divisible by groups, 2"]),
        ["zero stride"] =
            (WithHeight(Height with { Stride = 0 }), "stride", ["0 on the height axis", "at least 1"]),
        ["negative stride"] =
            (WithWidth(Width with { Stride = -3 }), "stride", ["-3 on the width axis", "at least 1"]),
        ["zero dilation"] =
            (WithWidth(Width with { Dilation = 0 }), "dilation", ["0 on the width axis", "at least 1"]),
        ["zero kernel"] =
            (WithHeight(Height with { Kernel = 0 }), "weight", ["0 on the height axis", "at least 1"]),
        ["zero input"] =
            (WithWidth(Width with { Input = 0 }), "input", ["0 on the width axis", "only the batch"]),
        ["negative crop"] =
            (WithWidth(Width with { Crop = -2 }), "padding", ["-2 on the width axis", "negative"]),
        ["zero output"] =
            (WithHeight(Height with { Output = 0 }), "output", ["0 on the height axis", "at least 1"]),
        ["input beyond 64 bits"] = (
            (Valid with { Batch = int.MaxValue, InputChannels = 2_147_483_646, Axes = (Height with { Input = 5 }, Width) }),
            "input",
            ["[2147483647, 2147483646, 5, 6]", "64 bits"]),
        ["weight bytes beyond 64 bits"] = (
            (Valid with { Axes = (Height with { Kernel = int.MaxValue }, Width with { Kernel = int.MaxValue }) }),
            "weight",
            ["[6, 5, 2147483647, 2147483647]", "64 bits"]),
        ["output beyond 64 bits"] = (
            (Valid with { Axes = (Height with { Output = int.MaxValue }, Width with { Output = int.MaxValue }) }),
            "output",
            ["[2, 10, 2147483647, 2147483647]", "64 bits"]),
    };

    public static IEnumerable<object[]> RefusedRows => Refused.Keys.Select(name => new object[] { name });

    [TestMethod]
    public void Counts_are_products_of_the_lengths()
    {
        var geometry = new ConvTransposeGeometry(Valid);

        Assert.AreEqual(2 * 6 * 4 * 6, geometry.InputCount);
        Assert.AreEqual(6 * 5 * 3 * 2, geometry.WeightCount);
        Assert.AreEqual(2 * 10 * 9 * 17, geometry.OutputCount);
    }

    [TestMethod]
    public void Counts_past_32_bits_do_not_wrap()
    {
        ConvTransposeSpec big = Valid with
        {
            Batch = 70_000,
            Axes = (Height with { Input = 3000, Output = 5000 }, Width with { Input = 2000, Output = 7000 }),
        };

        var geometry = new ConvTransposeGeometry(big);

        Assert.AreEqual(2_520_000_000_000, geometry.InputCount);
        Assert.AreEqual(24_500_000_000_000, geometry.OutputCount);
    }

    [TestMethod]
    public void An_empty_batch_counts_no_elements()
    {
        var geometry = new ConvTransposeGeometry(Valid with { Batch = 0 });

        Assert.AreEqual(0, geometry.InputCount);
        Assert.AreEqual(0, geometry.OutputCount);
        Assert.AreEqual(180, geometry.WeightCount);
    }

    [TestMethod]
    [DynamicData(nameof(RefusedRows))]
    public void A_broken_rule_is_refused_with_argument_value_and_rule(string name)
    {
        (ConvTransposeSpec spec, string argument, string[] words) = Refused[name];

        ArgumentException refusal =
            Assert.ThrowsExactly<ArgumentException>(() => new ConvTransposeGeometry(spec));

        Assert.AreEqual(argument, refusal.ParamName);
        foreach (string word in words)
            Assert.Contains(word, refusal.Message);
    }

    private static ConvTransposeSpec WithHeight(AxisSpec height) => Valid with { Axes = (height, Width) };

    private static ConvTransposeSpec WithWidth(AxisSpec width) => Valid with { Axes = (Height, width) };
}
