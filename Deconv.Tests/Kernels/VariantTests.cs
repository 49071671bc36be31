using Deconv.Geometry;
using Deconv.Kernels.Variants;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

/// <summary>Every variant of the table on every accelerator gives the oracle's bits.</summary>
[TestClass]
public sealed class VariantTests
{
    private static IEnumerable<string> Variants => VariantTable.All.Select(variant => variant.Name);

    public static IEnumerable<object[]> Rows =>
        from variant in Variants
        from shape in AdversarialCases.All.Keys
        from accelerator in TestAccelerators.Names
        select new object[] { variant, shape, accelerator };

    public static IEnumerable<object[]> LevelRows =>
        from variant in Variants
        from at in OptimizationLevels.OfAccelerators
        select new object[] { variant, at.Level, at.Accelerator };

    public static IEnumerable<object[]> AcceleratorRows => TestAccelerators.Rows;

    public static IEnumerable<object[]> VariantRows => TestAccelerators.Cross(Variants);

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Result_has_the_bits_of_the_oracle(string variant, string shape, string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        AssertBitsOrRefusal(engine, AdversarialCases.All[shape].ToSpec(), variant, $"{shape} on {accelerator}");
    }

    [TestMethod]
    [DynamicData(nameof(LevelRows))]
    public void Result_is_right_at_every_optimization_level_of_a_foreign_context(
        string variant, string level, string accelerator)
    {
        using ForeignAccelerator foreign = ForeignAccelerator.Create(accelerator, OptimizationLevels.Parse(level));
        using Engine engine = Engine.ForAccelerator(foreign.Accelerator);
        foreach ((string shape, CaseShape c) in AdversarialCases.All)
            AssertBitsOrRefusal(engine, c.ToSpec(), variant, $"{shape} at {level} on {accelerator}");
    }

    [TestMethod]
    [DynamicData(nameof(VariantRows))]
    public void Two_runs_have_the_same_bits_on_data_that_rounds(string variant, string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        ConvTransposeSpec spec = new CaseShape
        {
            Batch = 2,
            GroupInputChannels = 19,
            GroupOutputChannels = 5,
            Input = (7, 9),
            Kernel = (4, 3),
            Stride = (2, 3),
            HasBias = true,
        }.ToSpec();
        VariantRefusal.SkipIfRefused(engine, spec, variant);
        ConvTransposeCase exact = CaseData.Dyadic(spec, seed: 2);
        ConvTransposeCase c = exact with
        {
            Input = [.. exact.Input.Select(MathF.Sin)],
            Weight = [.. exact.Weight.Select(MathF.Cos)],
        };

        float[] first = GuardedRun.Run(engine, c, variant, "first run");
        float[] second = GuardedRun.Run(engine, c, variant, "second run");

        BitAssert.AreEqual(first, second, $"{variant} on {accelerator}");
    }

    [TestMethod]
    [DynamicData(nameof(VariantRows))]
    public void A_sample_has_the_same_bits_alone_as_in_a_batch(string variant, string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        var shape = new CaseShape
        {
            Batch = 3,
            GroupInputChannels = 13,
            GroupOutputChannels = 4,
            Input = (5, 6),
            Kernel = (3, 4),
            Stride = (2, 1),
            HasBias = true,
        };
        ConvTransposeCase exact = CaseData.Dyadic(shape.ToSpec(), seed: 3);
        ConvTransposeCase batch = exact with { Input = [.. exact.Input.Select(MathF.Sin)] };
        int sampleSize = batch.Input.Length / shape.Batch;
        ConvTransposeCase last = batch with
        {
            Spec = (shape with { Batch = 1 }).ToSpec(),
            Input = [.. batch.Input.AsSpan(^sampleSize..)],
        };
        VariantRefusal.SkipIfRefused(engine, batch.Spec, variant);
        VariantRefusal.SkipIfRefused(engine, last.Spec, variant);

        float[] all = GuardedRun.Run(engine, batch, variant, "batch");
        float[] alone = GuardedRun.Run(engine, last, variant, "alone");

        BitAssert.AreEqual(alone, all.AsSpan(^alone.Length..), $"{variant} on {accelerator}");
    }

    [TestMethod]
    [DynamicData(nameof(AcceleratorRows))]
    public void Gather_refuses_nothing(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        foreach (CaseShape shape in AdversarialCases.All.Values)
            Assert.IsNull(VariantRefusal.Of(engine, shape.ToSpec(), "gather"), shape.Name);
    }

    private static void AssertBitsOrRefusal(
        Engine engine, ConvTransposeSpec spec, string variant, string what)
    {
        foreach ((string data, Func<ConvTransposeSpec, ConvTransposeCase> fill) in CaseData.All)
        {
            ConvTransposeCase c = fill(spec);
            float[] expected = GuardedRun.Rounded(ScatterOracle.Compute(c));
            string label = $"{variant}, {what}, {data}";
            AssertBitsOrRefusal(engine, c, expected, variant, label);
            AssertBitsOrRefusal(
                engine, ChannelsLast.Of(c), ChannelsLast.OutputOf(c, expected), variant, $"{label}, channels last");
        }
    }

    private static void AssertBitsOrRefusal(
        Engine engine, ConvTransposeCase c, float[] expected, string variant, string label)
    {
        if (VariantRefusal.Of(engine, c.Spec, variant) is string refusal)
        {
            ArgumentException refused = Assert.ThrowsExactly<ArgumentException>(
                () => GuardedRun.Run(engine, c, variant, label), label);
            Assert.AreEqual(refusal, refused.Message, label);
            return;
        }

        BitAssert.AreEqual(expected, GuardedRun.Run(engine, c, variant, label), label);
    }
}
