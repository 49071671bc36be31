using System.Numerics;
using Deconv.Geometry;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Variants;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

/// <summary>
/// Every variant, on every accelerator, with elements of every type: the exact result, rounded once.
/// </summary>
[TestClass]
public sealed class FormatTests
{
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

    private static IEnumerable<string> Variants => VariantTable.All.Select(variant => variant.Name);

    public static IEnumerable<object[]> Rows =>
        from format in NumberFormat.Names
        from variant in Variants
        from accelerator in TestAccelerators.Names
        select new object[] { format, variant, accelerator };

    /// <summary>Those levels that the other rows do not have.</summary>
    public static IEnumerable<object[]> LevelRows =>
        from format in NumberFormat.Names
        from variant in Variants
        from at in OptimizationLevels.OfAccelerators
        where at.Level != OptimizationLevels.Own
        select new object[] { format, variant, at.Level, at.Accelerator };

    public static IEnumerable<object[]> NarrowRows => TestAccelerators.Cross(Variants);

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Result_is_the_oracles_rounded_once(string format, string variant, string accelerator) =>
        AssertRoundedOnce(TestAccelerators.Get(accelerator), format, variant, accelerator);

    [TestMethod]
    [DynamicData(nameof(LevelRows))]
    public void Result_is_right_at_every_other_level_of_a_foreign_context(
        string format, string variant, string level, string accelerator)
    {
        using ForeignAccelerator foreign = ForeignAccelerator.Create(accelerator, OptimizationLevels.Parse(level));
        using Engine engine = Engine.ForAccelerator(foreign.Accelerator);
        AssertRoundedOnce(engine, format, variant, $"{level} on {accelerator}");
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void NaN_and_infinity_touch_their_footprint_only(string format, string variant, string accelerator)
    {
        ConvTransposeCase exact = CaseData.Dyadic(Spec(Overlaps, format), seed: 7);
        ConvTransposeCase c = exact with
        {
            Input = exact.Input.SetItem(7, float.PositiveInfinity).SetItem(39, float.NaN),
            Weight = exact.Weight.SetItem(4, 0f),
        };

        Complex[] result = Run(format, variant, accelerator, c);

        Assert.Contains(z => double.IsNaN(z.Real), result);
        Assert.Contains(z => double.IsInfinity(z.Real), result);
        Assert.Contains(z => double.IsFinite(z.Real), result);
    }

    /// <summary>Sums past the greatest half, ties between halves, halves below the least normal one.</summary>
    [TestMethod]
    [DynamicData(nameof(NarrowRows))]
    public void Halves_overflow_tie_and_go_below_the_normal_ones(string variant, string accelerator)
    {
        float[] sums =
        [
            65504, 65519, 65520, -65520, 2049, 2051, -2049, 1 / 16384f, 1.5f / 16384, 0.75f / 16384,
            1f / (1 << 24), 1.5f / (1 << 24), 0.5f / (1 << 24), 0.75f / (1 << 24), -0.25f / (1 << 24),
        ];
        ConvTransposeSpec spec = Spec(new() { Input = (3, 5), GroupInputChannels = 2 }, "float16");
        float[] most = [.. sums.Select(sum => (float)(Half)Math.Clamp(sum, -65504, 65504))];
        float[] rest = [.. sums.Zip(most, (sum, part) => 1024 * (sum - part))];
        var c = new ConvTransposeCase(spec, [.. most, .. rest], [1, 1 / 1024f], Bias: null);

        Complex[] result = Run("float16", variant, accelerator, c);

        double[] expected = [.. sums.Select(sum => (double)(Half)sum)];
        BitAssert.AreEqual<double>(expected, [.. result.Select(z => z.Real)], variant);
    }

    private static Complex[] Run(string format, string variant, string accelerator, ConvTransposeCase c)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        VariantRefusal.SkipIfRefused(engine, c.Spec, variant);
        return NumberFormat.All[format].AssertRoundedOnce(
            engine,
            c,
            Reversed(CaseData.Dyadic(c.Spec, seed: 7)),
            TensorLayout.ChannelsFirst,
            variant,
            $"{variant}, {format} on {accelerator}");
    }

    private static ConvTransposeSpec Spec(CaseShape shape, string format) =>
        shape.ToSpec() with { Element = NumberFormat.All[format].Element };

    private static void AssertRoundedOnce(Engine engine, string format, string variant, string where)
    {
        foreach ((string name, CaseShape shape) in AdversarialCases.All)
        {
            ConvTransposeSpec spec = Spec(shape, format);
            foreach (TensorLayout layout in Enum.GetValues<TensorLayout>())
            {
                string what = $"{variant}, {format}, {name}, {layout}, {where}";
                if (VariantRefusal.Of(engine, spec with { Layout = layout }, variant) is not null)
                    continue;
                foreach ((string data, Func<ConvTransposeSpec, ConvTransposeCase> fill) in CaseData.All)
                {
                    ConvTransposeCase c = fill(spec);
                    NumberFormat.All[format].AssertRoundedOnce(
                        engine, c, Reversed(c), layout, variant, $"{what}, {data}");
                }
            }
        }
    }

    /// <summary>Other data with sums that are as exact.</summary>
    private static ConvTransposeCase Reversed(ConvTransposeCase c) => c with
    {
        Input = [.. c.Input.Reverse()],
        Weight = [.. c.Weight.Reverse()],
        Bias = c.Bias is { } bias ? [.. bias.Reverse()] : null,
    };
}
