using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Variants;
using Deconv.Planning;
using Deconv.Runtime;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

/// <summary>
/// The same bits from run to run, and for a sample in every batch, on data whose sums are rounded.
/// </summary>
[TestClass]
public sealed class DeterminismTests
{
    private const int Runs = 5;

    private static readonly int[] Batches = [1, 3, 8];

    private static readonly CaseShape[] Shapes =
    [
        new()
        {
            GroupInputChannels = 19, GroupOutputChannels = 9, Input = (5, 7), Kernel = 4, Stride = 2, Crop = 1,
            HasBias = true,
        },
        new() { GroupInputChannels = 33, GroupOutputChannels = 5, Input = (6, 5), Kernel = 3, Crop = 1 },
        new() { GroupInputChannels = 70, GroupOutputChannels = 3, Kernel = (4, 3), HasBias = true },
    ];

    public static IEnumerable<object[]> VariantRows =>
        TestAccelerators.Cross(VariantTable.All.Where(v => v.IsDeterministic).Select(v => v.Name));

    [TestMethod]
    [DynamicData(nameof(VariantRows))]
    public void Runs_and_batches_leave_the_bits_of_a_sample_alone(string variant, string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        if (Array.TrueForAll(Shapes, shape => VariantRefusal.Of(engine, shape.ToSpec(), variant) is not null))
            Assert.Inconclusive($"{variant} refuses all shapes on {accelerator}.");

        foreach (CaseShape shape in Shapes)
            RequireSameBits(engine, shape, variant);
    }

    [TestMethod]
    [DynamicData(nameof(TestAccelerators.Rows), typeof(TestAccelerators))]
    public void A_deterministic_call_is_planned_for_one_sample(string accelerator)
    {
        DeviceLimits device = DeviceDescription.LimitsOf(TestAccelerators.Get(accelerator).Accelerator);
        foreach (CaseShape shape in Shapes)
        {
            string[] variants =
            [
                .. new[] { 1, 2, 16, 300 }
                    .Select(batch => shape with { Batch = batch })
                    .Select(s => s.ToSpec() with { Numerics = new() { Deterministic = true } })
                    .Select(spec => Planner.Plan(new ConvTransposeGeometry(spec), device).Variant.Name)
                    .Distinct(),
            ];
            Assert.HasCount(1, variants, shape.Name);
        }
    }

    private static void RequireSameBits(Engine engine, CaseShape shape, string variant)
    {
        float[]? expected = null;
        foreach (int batch in Batches)
        {
            ConvTransposeSpec spec = (shape with { Batch = batch }).ToSpec();
            if (VariantRefusal.Of(engine, spec, variant) is not null)
                continue;
            var geometry = new ConvTransposeGeometry(spec);

            // Drawn in order, so that the first sample is the same in every batch.
            float[] input = NormalValues.Draw(seed: 1, geometry.InputCount);
            float[] weight = NormalValues.Draw(seed: 2, geometry.WeightCount);
            float[]? bias = spec.HasBias ? NormalValues.Draw(seed: 3, spec.OutputChannels) : null;
            for (int run = 0; run < Runs; ++run)
            {
                float[] output = GuardedRun.Run(
                    engine, spec, input, weight, bias, float.NaN, -987.25f, variant, $"{shape.Name} x {batch}");
                expected ??= output;
                BitAssert.AreEqual(
                    expected, [.. output.Take(expected.Length)], $"{variant}, run {run} of a batch of {batch}, {shape.Name}");
            }
        }
    }
}
