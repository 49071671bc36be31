using System.Numerics;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Planning;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

/// <summary>What sets <c>panel-fused</c> apart from <c>panel</c>.</summary>
[TestClass]
public sealed class FusedPanelTests
{
    private static readonly CaseShape Square = new() { GroupInputChannels = 2, Input = (3, 7) };

    public static IEnumerable<object[]> Rows => TestAccelerators.Cross(["panel", "panel-fused"])
        .Select(row => new[] { row[0], row[1], row[0] is "panel-fused" });

    /// <summary>1/3 squared, less its square: what the first was rounded by, where the second is not rounded.</summary>
    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_product_is_rounded_with_its_sum(string variant, string accelerator, bool isFused)
    {
        Engine engine = TestAccelerators.Get(accelerator);

        AssertDifference<float>(engine, variant, ElementType.Float32, isFused, MathF.FusedMultiplyAdd);
        AssertDifference<double>(engine, variant, ElementType.Float64, isFused, Math.FusedMultiplyAdd);
    }

    [TestMethod]
    [DataRow("Portable", "OpenClCpu", "panel-fused")]
    [DataRow("None", "OpenClCpu", "panel")]
    [DataRow("Cuda", "CpuAccelerator", "panel-simd")]
    public void Opencl_on_processors_fuses_where_the_context_knows_how(string hardware, string kind, string expected)
    {
        var shape = new CaseShape { GroupInputChannels = 64, GroupOutputChannels = 64, Input = 32, Kernel = 2, Stride = 2 };
        DeviceLimits device = PlannedRun.Gpu with
        {
            Hardware = Enum.Parse<HardwareLevel>(hardware),
            Kind = Enum.Parse<DeviceKind>(kind),
            Processors = 2,
        };

        ConvTransposePlan plan = Planner.Plan(new ConvTransposeGeometry(shape.ToSpec()), device);

        Assert.StartsWith(expected, plan.Variant.Name, plan.Explain());
    }

    private static void AssertDifference<T>(
        Engine engine, string variant, ElementType element, bool isFused, Func<T, T, T, T> multiplyAdd)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T third = T.One / T.CreateChecked(3);
        T expected = isFused ? multiplyAdd(third, -third, third * third) : T.Zero;
        ConvTransposeSpec spec = Square.ToSpec() with { Element = element };
        VariantRefusal.RunAccepted(engine, [spec], variant, accepted =>
        {
            var input = new T[2 * 3 * 7];
            input.AsSpan().Fill(third);

            T[] output = GuardedRun.Run(engine, accepted, input, [third, -third], null, T.NaN, T.NaN, variant, variant);

            Assert.AreEqual(isFused, expected != T.Zero);
            foreach (T actual in output)
                Assert.AreEqual(expected, actual, element.Name());
        });
    }
}
