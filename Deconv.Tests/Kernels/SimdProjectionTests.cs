using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Projection.Simd;
using Deconv.Kernels.Variants;
using Deconv.Planning;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

/// <summary>Projections in vectors: blocks, vectors, passes and groups that are full and that are not.</summary>
[TestClass]
public sealed class SimdProjectionTests
{
    private static readonly CaseShape[] Shapes =
    [
        // One sample, one vector and a part; with whole blocks, and with a block of a vector.
        new() { GroupInputChannels = 3, GroupOutputChannels = 17 },
        new() { GroupInputChannels = 5, GroupOutputChannels = 8, Kernel = (3, 2), HasBias = true },
        new() { Batch = 4, GroupInputChannels = 2, GroupOutputChannels = 100, HasBias = true },

        // Groups whose channels share biases across vectors.
        new() { Batch = 19, Groups = 2, GroupInputChannels = 7, GroupOutputChannels = 7, Kernel = (3, 5), HasBias = true },
        new() { Batch = 3, Groups = 3, GroupOutputChannels = 2, Kernel = (7, 9), HasBias = true },

        // Several passes, the last of them shorter; sums too long for many samples.
        new() { Batch = 131, GroupInputChannels = 3, GroupOutputChannels = 5, Kernel = 2, HasBias = true },
        new() { Batch = 10, GroupInputChannels = 9000, GroupOutputChannels = 3, HasBias = true },
    ];

    private static IEnumerable<string> Variants =>
        from variant in VariantTable.All where variant is SimdProjectionVariant select variant.Name;

    public static IEnumerable<object[]> VariantRows => Variants.Select(variant => new object[] { variant });

    public static IEnumerable<object[]> FormatRows =>
        from format in new[] { "float64", "float16", "bfloat16" }
        from variant in Variants
        select new object[] { format, variant };

    [TestMethod]
    [DynamicData(nameof(VariantRows))]
    public void Results_have_the_bits_of_the_oracle(string variant)
    {
        Engine engine = TestAccelerators.Get("cpu");
        foreach (CaseShape shape in Shapes)
        {
            ConvTransposeCase c = CaseData.Dyadic(shape.ToSpec(), seed: 5);
            VariantRefusal.SkipIfRefused(engine, c.Spec, variant);

            float[] output = GuardedRun.Run(engine, c, variant, shape.Name);

            BitAssert.AreEqual(GuardedRun.Rounded(ScatterOracle.Compute(c)), output, $"{variant}, {shape.Name}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(FormatRows))]
    public void Other_elements_are_rounded_once(string format, string variant)
    {
        Engine engine = TestAccelerators.Get("cpu");
        foreach (CaseShape shape in Shapes.Where(shape => shape.GroupInputChannels < 1000))
        {
            ConvTransposeSpec spec = shape.ToSpec() with { Element = NumberFormat.All[format].Element };
            VariantRefusal.SkipIfRefused(engine, spec, variant);
            ConvTransposeCase c = CaseData.Dyadic(spec, seed: 6);

            NumberFormat.All[format].AssertRoundedOnce(
                engine, c, c, TensorLayout.ChannelsFirst, variant, $"{variant}, {format}, {shape.Name}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(VariantRows))]
    public void What_is_not_finite_reaches_its_footprint_only(string variant)
    {
        Engine engine = TestAccelerators.Get("cpu");
        var shape = new CaseShape { Batch = 9, Groups = 2, GroupInputChannels = 2, GroupOutputChannels = 19, Kernel = (1, 2) };
        ConvTransposeCase exact = CaseData.Dyadic(shape.ToSpec(), seed: 8);
        VariantRefusal.SkipIfRefused(engine, exact.Spec, variant);
        ConvTransposeCase c = exact with
        {
            Input = exact.Input.SetItem(5, float.PositiveInfinity).SetItem(34, float.NaN),
            Weight = exact.Weight.SetItem(40, float.NegativeInfinity),
        };

        float[] output = GuardedRun.Run(engine, c, variant, shape.Name);

        BitAssert.AreEqual(GuardedRun.Rounded(ScatterOracle.Compute(c)), output, variant);
    }

    [TestMethod]
    public void The_longest_vectors_project_on_the_cpu_accelerator()
    {
        DeviceLimits device = PlannedRun.Gpu with { Kind = DeviceKind.CpuAccelerator, Processors = 2, MaxGroupSize = 2 };
        foreach (int batch in new[] { 1, 4, 16, 1000 })
        {
            CaseShape shape = new() { Batch = batch, GroupInputChannels = 100, GroupOutputChannels = 512, Kernel = 4 };

            ConvTransposePlan plan = Planner.Plan(new ConvTransposeGeometry(shape.ToSpec()), device);

            Assert.AreEqual(
                plan.Comparison.Choices.First(choice => choice.Variant is SimdProjectionVariant && choice.Refusal is null).Variant,
                plan.Variant,
                plan.Explain());
        }
    }
}
