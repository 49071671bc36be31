using Deconv.Kernels.Variants;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

/// <summary>
/// NaN and infinity touch their footprint and nothing else. The scatter oracle is the definition
/// here too: a canvas cell that no product reaches stays clean.
/// </summary>
[TestClass]
public sealed class NonFiniteTests
{
    private static readonly CaseShape Holes = new()
    {
        Batch = 2,
        GroupOutputChannels = 2,
        Input = (3, 4),
        Kernel = 2,
        Stride = 3,
        Output = (9, 12),
        HasBias = true,
    };

    private static readonly CaseShape Overlaps = new()
    {
        GroupInputChannels = 2,
        GroupOutputChannels = 3,
        Input = (4, 5),
        Kernel = (4, 3),
        Stride = (2, 1),
        Dilation = (1, 2),
        Crop = (2, 1),
        HasBias = true,
    };

    public static IEnumerable<object[]> Rows =>
        TestAccelerators.Cross(VariantTable.All.Select(variant => variant.Name));

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void NaN_in_the_weight_leaves_holes_of_pure_bias(string variant, string accelerator)
    {
        ConvTransposeCase exact = CaseData.Dyadic(Holes.ToSpec(), seed: 5);
        ConvTransposeCase c = exact with { Weight = exact.Weight.SetItem(1, float.NaN) };

        float[] output = AssertFootprint(variant, accelerator, c);

        // Weight 1 is (co 0, kh 0, kw 1): it reaches rows 0, 3, 6 and columns 1, 4, 7, 10.
        for (int y = 0; y < 9; ++y)
        {
            for (int x = 0; x < 12; ++x)
            {
                float value = output[y * 12 + x];
                Assert.AreEqual(y % 3 == 0 && x % 3 == 1, float.IsNaN(value), $"({y}, {x})");
                if (y % 3 == 2 || x % 3 == 2)
                    Assert.AreEqual(c.Bias!.Value[0], value, $"hole ({y}, {x})");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void NaN_in_the_input_touches_its_footprint_only(string variant, string accelerator)
    {
        ConvTransposeCase exact = CaseData.Dyadic(Overlaps.ToSpec(), seed: 6);
        float[] output = AssertFootprint(
            variant, accelerator, exact with { Input = exact.Input.SetItem(0, float.NaN) });

        Assert.Contains(value => float.IsNaN(value), output);
        Assert.Contains(value => !float.IsNaN(value), output);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Infinity_times_a_zero_weight_is_NaN_in_the_footprint_only(
        string variant, string accelerator)
    {
        ConvTransposeCase exact = CaseData.Dyadic(Overlaps.ToSpec(), seed: 7);
        float[] output = AssertFootprint(variant, accelerator, exact with
        {
            Input = exact.Input.SetItem(7, float.PositiveInfinity),
            Weight = exact.Weight.SetItem(4, 0f),
        });

        Assert.Contains(value => float.IsNaN(value), output);
        Assert.Contains(value => float.IsInfinity(value), output);
        Assert.Contains(value => float.IsFinite(value), output);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void NaN_in_the_bias_touches_its_channel_only(string variant, string accelerator)
    {
        ConvTransposeCase exact = CaseData.Dyadic(Overlaps.ToSpec(), seed: 8);
        float[] output = AssertFootprint(
            variant, accelerator, exact with { Bias = exact.Bias!.Value.SetItem(1, float.NaN) });

        Assert.AreEqual(output.Length / 3, output.Count(float.IsNaN));
    }

    /// <summary>NaNs differ in sign and payload between devices, so they are compared as NaN.</summary>
    private static float[] AssertFootprint(string variant, string accelerator, ConvTransposeCase c)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        VariantRefusal.SkipIfRefused(engine, c.Spec, variant);
        string what = $"{variant} on {accelerator}";
        float[] expected = GuardedRun.Rounded(ScatterOracle.Compute(c));
        float[] actual = GuardedRun.Run(engine, c, variant, what);
        BitAssert.AreEqual(WithOneNaN(expected), WithOneNaN(actual), what);
        return actual;
    }

    private static float[] WithOneNaN(float[] values) =>
        [.. values.Select(value => float.IsNaN(value) ? float.NaN : value)];
}
