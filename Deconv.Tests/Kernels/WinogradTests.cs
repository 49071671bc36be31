using System.Collections.Immutable;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Variants;
using Deconv.Planning;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

/// <summary>
/// Minimal filtering mixes the inputs of a block, and zeros stand for those past the input; none of it
/// may be seen in the results.
/// </summary>
[TestClass]
public sealed class WinogradTests
{
    private static readonly string[] Variants =
        [.. VariantTable.All.Select(variant => variant.Name).Where(name => name.StartsWith("winograd"))];

    /// <summary>Two and three taps an axis, one beside two, one axis alone; rows of blocks longer than vectors and shorter.</summary>
    private static readonly Dictionary<string, CaseShape> Shapes = new[]
    {
        new CaseShape { Input = (4, 5), Kernel = 3, Crop = 1, HasBias = true },
        new CaseShape { Input = (3, 35), Kernel = 3, Crop = (1, 0), HasBias = true },
        new CaseShape { GroupOutputChannels = 2, Input = (5, 4), Kernel = 4, Stride = 2, Crop = 1, HasBias = true },
        new CaseShape { Groups = 2, Input = (3, 17), Kernel = (4, 6), Stride = 2, Crop = (0, 2), HasBias = true },
        new CaseShape { Input = (4, 6), Kernel = 3, Stride = 2, Crop = 1, Output = (8, 12), HasBias = true },
        new CaseShape { Input = (4, 15), Kernel = (3, 2), Stride = (1, 3), Crop = (2, 1), HasBias = true },
        new CaseShape { Input = (1, 19), Kernel = (1, 16), Stride = (1, 8), Crop = (0, 4), HasBias = true },
        new CaseShape { Input = (4, 6), Kernel = 3, Stride = 2, Dilation = 2, Crop = 2, HasBias = true },
        new CaseShape { Batch = 3, Input = (3, 2), Kernel = (2, 3), Crop = (4, 1), Output = (3, 9), HasBias = true },
    }.ToDictionary(shape => shape.Name);

    public static IEnumerable<object[]> Rows =>
        from variant in Variants
        from shape in Shapes.Keys
        select new object[] { variant, shape };

    public static IEnumerable<object[]> VariantRows => Variants.Select(variant => new object[] { variant });

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void What_is_not_finite_in_the_input_reaches_its_footprint_only(string variant, string shape)
    {
        Engine engine = EngineOf(variant, shape);
        ConvTransposeCase exact = CaseData.Dyadic(Shapes[shape].ToSpec(), seed: 31);
        float[] values = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        for (int i = 0; i < exact.Input.Length; ++i)
            AssertBits(engine, variant, exact with { Input = exact.Input.SetItem(i, values[i % 3]) }, $"input {i}");
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void What_is_not_finite_in_the_weight_meets_no_zeros_around_the_input(string variant, string shape)
    {
        Engine engine = EngineOf(variant, shape);
        ConvTransposeCase exact = CaseData.Dyadic(Shapes[shape].ToSpec(), seed: 32);
        float[] values = [float.PositiveInfinity, float.NaN];
        for (int i = 0; i < exact.Weight.Length; ++i)
            AssertBits(engine, variant, exact with { Weight = exact.Weight.SetItem(i, values[i % 2]) }, $"weight {i}");
    }

    /// <summary>Each input is the largest power of two or its negative, so that transforms overflow but sums do not.</summary>
    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Sums_are_right_where_transforms_overflow(string variant, string shape)
    {
        Engine engine = EngineOf(variant, shape);
        ConvTransposeCase exact = CaseData.Dyadic(Shapes[shape].ToSpec(), seed: 33);

        ConvTransposeCase inputs = exact with { Input = Huge(exact.Input), Weight = Small(exact.Weight) };
        ConvTransposeCase weights = exact with { Input = Small(exact.Input), Weight = Huge(exact.Weight) };
        AssertBits(engine, variant, inputs, "huge inputs");
        AssertBits(engine, variant, weights, "huge weights");

        ImmutableArray<float> Huge(IEnumerable<float> values) =>
            [.. values.Select(value => MathF.CopySign(MathF.ScaleB(1, 127), value))];

        ImmutableArray<float> Small(IEnumerable<float> values) => [.. values.Select(value => MathF.ScaleB(value, -7))];
    }

    [TestMethod]
    [DynamicData(nameof(VariantRows))]
    public void A_sample_has_the_same_bits_beside_one_that_overflows(string variant)
    {
        var shape = new CaseShape
        {
            Batch = 2,
            GroupInputChannels = 7,
            GroupOutputChannels = 5,
            Input = (5, 3),
            Kernel = 3,
            Crop = 1,
        };
        Engine engine = EngineOf(variant, shape);
        ConvTransposeCase exact = CaseData.Dyadic(shape.ToSpec(), seed: 34);
        ConvTransposeCase ordinary = exact with { Input = [.. exact.Input.Select(MathF.Sin)] };
        int sample = ordinary.Input.Length / 2;
        ConvTransposeCase beside = ordinary with
        {
            Input = [.. ordinary.Input.Select((value, i) => i < sample ? float.PositiveInfinity : value)],
        };

        float[] expected = GuardedRun.Run(engine, ordinary, variant, "ordinary");
        float[] actual = GuardedRun.Run(engine, beside, variant, "beside infinity");

        BitAssert.AreEqual(expected.AsSpan(expected.Length / 2), actual.AsSpan(actual.Length / 2), variant);
    }

    /// <summary>Lengths around vectors and tiles, with phases that have fewer outputs than others.</summary>
    [TestMethod]
    [DynamicData(nameof(VariantRows))]
    public void Rows_of_all_lengths_have_the_bits_of_the_oracle(string variant)
    {
        for (int width = 1; width <= 40; ++width)
        {
            CaseShape[] shapes =
            [
                new()
                {
                    Batch = 2, GroupInputChannels = 3, GroupOutputChannels = 9, Input = (width % 5 + 1, width),
                    Kernel = 3, Crop = (width % 2, width % 3), HasBias = true,
                },
                new()
                {
                    GroupInputChannels = 2, GroupOutputChannels = 3, Input = (width % 3 + 1, width), Kernel = (3, 4),
                    Stride = (1, 2), Crop = (0, width % 4), HasBias = true,
                },
                new()
                {
                    Groups = 2, GroupOutputChannels = 2, Input = (2, width), Kernel = (5, 7), Stride = (2, 3),
                    Crop = (1, width % 3),
                },
            ];
            foreach (CaseShape shape in shapes.Where(shape => shape.ToSpec().Axes.Width.Output > 0))
                AssertBits(EngineOf(variant, shape), variant, CaseData.Dyadic(shape.ToSpec(), seed: width), shape.Name);
        }
    }

    /// <summary>More channels than a task takes at once, and fewer lanes than items.</summary>
    [TestMethod]
    [DynamicData(nameof(VariantRows))]
    public void Many_channels_of_few_blocks_have_the_bits_of_the_oracle(string variant)
    {
        var shape = new CaseShape
        {
            Batch = 2,
            GroupInputChannels = 70,
            GroupOutputChannels = 130,
            Input = 2,
            Kernel = 4,
            Stride = 2,
            Crop = 1,
        };

        AssertBits(EngineOf(variant, shape), variant, CaseData.Dyadic(shape.ToSpec(), seed: 35), shape.Name);
    }

    [TestMethod]
    [DynamicData(nameof(VariantRows))]
    public void Errors_are_within_the_bound_of_sums(string variant)
    {
        var shape = new CaseShape
        {
            GroupInputChannels = 64,
            GroupOutputChannels = 8,
            Input = (9, 33),
            Kernel = 3,
            Crop = 1,
        };
        Engine engine = EngineOf(variant, shape);
        ConvTransposeCase exact = CaseData.Dyadic(shape.ToSpec(), seed: 36);
        ConvTransposeCase c = exact with
        {
            Input = [.. exact.Input.Select(MathF.Sin)],
            Weight = [.. exact.Weight.Select(MathF.Cos)],
        };
        double[] expected = [.. ScatterOracle.Compute(c)];
        double[] magnitudes =
        [
            .. ScatterOracle.Compute(c with { Input = [.. c.Input.Select(MathF.Abs)], Weight = [.. c.Weight.Select(MathF.Abs)] }),
        ];

        float[] actual = GuardedRun.Run(engine, c, variant, variant);

        // Rounded to a part in 2^24 at each of 64 products, and a few times more by the transforms.
        double bound = (64 + 16) * Math.ScaleB(1, -24) * magnitudes.Max();
        Assert.IsLessThan(bound, expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max());
    }

    [TestMethod]
    public void What_has_nothing_to_gain_or_no_transform_is_refused()
    {
        AssertRefused("no output has two taps along an axis", new CaseShape { Input = 4, Kernel = 2, Stride = 2 }.ToSpec());
        AssertRefused(
            "outputs have 4 taps along an axis, and it takes at most 3",
            new CaseShape { Input = 4, Kernel = (3, 7), Stride = (1, 2) }.ToSpec());
        AssertRefused(
            "the taps of an output read inputs that are not neighbours",
            new CaseShape { Input = 4, Kernel = 3, Dilation = (1, 2) }.ToSpec());
        Assert.IsNull(Refuse(new CaseShape { Input = 4, Kernel = (3, 1), Dilation = (1, 2) }.ToSpec()));
    }

    [TestMethod]
    public void Channels_last_are_refused()
    {
        ConvTransposeSpec spec = new CaseShape { Input = 4, Kernel = 3 }.ToSpec();

        AssertRefused("its vectors are of neighbouring pixels", spec with { Layout = TensorLayout.ChannelsLast });
    }

    private static void AssertRefused(string reason, ConvTransposeSpec spec) =>
        Assert.StartsWith(reason, Refuse(spec) ?? "nothing");

    private static string? Refuse(ConvTransposeSpec spec)
    {
        var device = new DeviceLimits
        {
            Kind = DeviceKind.CpuAccelerator,
            Processors = 2,
            MaxGroupSize = 2,
            MaxGridSize = int.MaxValue,
        };
        return Planner.Find(VariantTable.All, Variants[^1]).Refuse(Planner.Translate(new ConvTransposeGeometry(spec)), device);
    }

    private static Engine EngineOf(string variant, string shape) => EngineOf(variant, Shapes[shape]);

    private static Engine EngineOf(string variant, CaseShape shape)
    {
        Engine engine = TestAccelerators.Get("cpu");
        VariantRefusal.SkipIfRefused(engine, shape.ToSpec(), variant);
        return engine;
    }

    /// <summary>NaNs differ in sign and payload, so they are compared as NaN.</summary>
    private static void AssertBits(Engine engine, string variant, ConvTransposeCase c, string what)
    {
        float[] expected = GuardedRun.Rounded(ScatterOracle.Compute(c));
        float[] actual = GuardedRun.Run(engine, c, variant, what);
        BitAssert.AreEqual(WithOneNaN(expected), WithOneNaN(actual), $"{variant}: {what}");
    }

    private static float[] WithOneNaN(float[] values) =>
        [.. values.Select(value => float.IsNaN(value) ? float.NaN : value)];
}
