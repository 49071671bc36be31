using System.Collections.Immutable;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Variants;
using Deconv.Planning;
using Deconv.Tests.Oracles;
using ILGPU.Runtime;

namespace Deconv.Tests.Planning;

[TestClass]
public sealed class PlannerTests
{
    private static readonly ConvTransposeGeometry Geometry = new(new CaseShape
    {
        Batch = 2,
        Groups = 2,
        GroupInputChannels = 3,
        GroupOutputChannels = 5,
        Input = (4, 6),
        Kernel = (3, 2),
        Stride = (2, 3),
        HasBias = true,
    }.ToSpec());

    private static readonly DeviceLimits Device = new()
    {
        Kind = DeviceKind.Gpu,
        Processors = 4,
        MaxGroupSize = 1024,
        MaxGridSize = int.MaxValue,
    };

    public static IEnumerable<object[]> VariantRows => VariantTable.All.Select(v => new object[] { v.Name });

    [TestMethod]
    public void An_unknown_variant_is_refused_with_the_names_there_are()
    {
        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(
            () => Planner.Plan(Geometry, Device, "fastest"));

        Assert.AreEqual("variant", refusal.ParamName);
        Assert.Contains("'fastest'", refusal.Message);
        foreach (KernelVariant variant in VariantTable.All)
            Assert.Contains(variant.Name, refusal.Message);
    }

    [TestMethod]
    [DataRow(ElementType.Float64, "float64")]
    [DataRow(ElementType.ComplexFloat64, "complex128")]
    public void A_call_that_no_variant_computes_is_refused_with_the_reason(object element, string name)
    {
        var geometry = new ConvTransposeGeometry(Geometry.Spec with { Element = (ElementType)element });

        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(
            () => Planner.Plan(geometry, Device with { HasFloat64 = false }));

        Assert.Contains($"the call's elements are {name}, and the device computes no 64-bit numbers", refusal.Message);
    }

    [TestMethod]
    public void Without_a_name_the_variant_estimated_to_be_fastest_is_chosen()
    {
        KernelVariant[] table =
        [
            new FakeVariant("odd", "the batch is even"),
            new FakeVariant("slow", null, 3000),
            new FakeVariant("fast", null, 2000),
            new FakeVariant("equal", null, 2000),
        ];

        ConvTransposePlan plan = Planner.Plan([.. table], Geometry, Device, null);

        Assert.AreEqual("fast", plan.Variant.Name);
    }

    [TestMethod]
    public void Candidates_are_the_three_best_estimates_of_those_that_do_not_refuse()
    {
        KernelVariant[] table =
        [
            new FakeVariant("slow", null, 3000),
            new FakeVariant("odd", "the batch is even", 1000),
            new FakeVariant("fast", null, 2000),
            new FakeVariant("slowest", null, 9000),
            new FakeVariant("equal", null, 2000),
        ];

        VariantComparison all = Planner.Compare([.. table], Geometry, Device);
        VariantComparison few = Planner.Compare([.. table[..2]], Geometry, Device);

        CollectionAssert.AreEqual(new[] { "fast", "equal", "slow" }, all.Candidates.Select(v => v.Name).ToArray());
        CollectionAssert.AreEqual(new[] { "slow" }, few.Candidates.Select(v => v.Name).ToArray());
    }

    [TestMethod]
    public void What_was_measured_is_chosen_by_and_explained_instead_of_estimates()
    {
        KernelVariant[] table =
        [
            new FakeVariant("odd", "the batch is even"),
            new FakeVariant("fast", null, 2000),
            new FakeVariant("slow", null, 3000),
            new FakeVariant("unmeasured", null, 4000),
        ];
        var times = new Dictionary<string, double> { ["fast"] = 12_345_678, ["slow"] = 5_678_900, ["gone"] = 1 };

        ConvTransposePlan plan = Planner.Compare([.. table], Geometry, Device).PlanMeasured(times);

        Assert.AreEqual("slow", plan.Variant.Name);
        Assert.Contains(
            "\n  odd refuses: the batch is even\n  fast was measured to take 12345.7 us\n"
            + "  slow was measured to take 5678.9 us\n  unmeasured is estimated to take 4 us\n",
            plan.Explain());
    }

    [TestMethod]
    public void Every_variant_that_accepts_has_an_estimate()
    {
        foreach (VariantChoice choice in Planner.Plan(Geometry, Device).Comparison.Choices)
            Assert.AreEqual(choice.Refusal is null, choice.Nanoseconds > 0, choice.Variant.Name);
    }

    [TestMethod]
    public void Names_of_variants_are_unique_and_the_last_one_is_gather()
    {
        Assert.HasCount(VariantTable.All.Length, VariantTable.All.Select(v => v.Name).Distinct());
        Assert.AreEqual("gather", VariantTable.All[^1].Name);
    }

    [TestMethod]
    [DynamicData(nameof(VariantRows))]
    public void A_variant_named_is_the_one_planned_and_plans_are_replayed_equal(string name)
    {
        if (!Accepts(name))
            Assert.Inconclusive($"{name} refuses the case.");

        ConvTransposePlan first = Planner.Plan(Geometry, Device, name);
        ConvTransposePlan second = Planner.Plan(Geometry, Device, name);

        Assert.AreEqual(name, first.Variant.Name);
        Assert.AreSame(Geometry, first.Geometry);
        Assert.AreEqual(first.Launch with { Table = new() }, second.Launch with { Table = new() });
        CollectionAssert.AreEqual(first.Launch.Table.Values, second.Launch.Table.Values);
    }

    [TestMethod]
    public void Variants_that_compile_for_no_device_refuse_all_but_the_cpu_accelerator()
    {
        foreach (DeviceKind kind in new[] { DeviceKind.Gpu, DeviceKind.OpenClCpu })
        {
            ConvTransposePlan plan = Planner.Plan(Geometry, Device with { Kind = kind });
            foreach (VariantChoice choice in plan.Comparison.Choices.Where(choice => choice.Variant.EntryPoints.IsEmpty))
                Assert.IsNotNull(choice.Refusal, $"{choice.Variant} on {kind}");
        }
    }

    [TestMethod]
    public void A_weight_too_long_for_panels_is_left_to_others()
    {
        var geometry = new ConvTransposeGeometry(new CaseShape
        {
            GroupInputChannels = 20_000,
            GroupOutputChannels = 20_000,
            Kernel = 3,
        }.ToSpec());

        ConvTransposePlan plan = Planner.Plan(geometry, Device with { Kind = DeviceKind.CpuAccelerator, MaxGroupSize = 4 });

        Assert.AreEqual("gather", plan.Variant.Name);
        Assert.Contains("panel refuses: a group of the packed weight has 3600000000 elements", plan.Explain());
    }

    [TestMethod]
    public void The_plan_explains_what_spoke_for_and_against_each_variant()
    {
        KernelVariant[] table = [new FakeVariant("odd", "the batch is even"), new FakeVariant("fast", null, 2000), VariantTable.All[^1]];

        ConvTransposePlan chosen = Planner.Plan([.. table], Geometry, Device, null);
        ConvTransposePlan named = Planner.Plan([.. table], Geometry, Device, "gather");

        Assert.AreEqual("fast", chosen.Variant.Name);
        Assert.AreEqual("gather", named.Variant.Name);
        Assert.Contains("\n  odd refuses: the batch is even\n  fast is estimated to take 2 us\n", chosen.Explain());
        CollectionAssert.AreEqual(chosen.Comparison.Choices, named.Comparison.Choices);
    }

    [TestMethod]
    public void A_variant_named_that_refuses_is_refused_with_its_reason()
    {
        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(
            () => Planner.Plan([new FakeVariant("odd", "the batch is even")], Geometry, Device, "odd"));

        Assert.AreEqual("variant", refusal.ParamName);
        Assert.Contains("'odd', but it refuses this call: the batch is even", refusal.Message);
    }

    [TestMethod]
    public void TensorFloat32_is_for_calls_that_allow_it_or_name_it()
    {
        KernelVariant[] table = [new FakeVariant("tf32", null, 1000), new FakeVariant("exact", null, 2000)];
        var allowed = new ConvTransposeGeometry(
            Geometry.Spec with { Numerics = new() { AllowTensorFloat32 = true } });

        ConvTransposePlan strict = Planner.Plan([.. table], Geometry, Device, null);

        Assert.AreEqual("exact", strict.Variant.Name);
        Assert.Contains(
            "\n  tf32 is only for calls that name it: it rounds to TensorFloat32, which is not allowed\n", strict.Explain());
        Assert.HasCount(1, Planner.Compare([.. table], Geometry, Device).Candidates);
        Assert.AreEqual("tf32", Planner.Plan([.. table], allowed, Device, null).Variant.Name);
        Assert.AreEqual("tf32", Planner.Plan([.. table], Geometry, Device, "tf32").Variant.Name);
        Assert.IsTrue(Planner.Plan([.. table], allowed, Device, null).Report.UsesTensorFloat32);
        Assert.IsFalse(strict.Report.UsesTensorFloat32);
    }

    [TestMethod]
    public void What_is_not_deterministic_is_refused_where_that_is_asked_for()
    {
        KernelVariant[] table = [new FakeVariant("random", null, 1000), new FakeVariant("exact", null, 2000)];
        var asked = new ConvTransposeGeometry(Geometry.Spec with { Numerics = new() { Deterministic = true } });

        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(
            () => Planner.Plan([.. table], asked, Device, "random"));

        Assert.Contains("it refuses this call: its bits may differ from run to run", refusal.Message);
        Assert.AreEqual("exact", Planner.Plan([.. table], asked, Device, null).Variant.Name);
        Assert.AreEqual("random", Planner.Plan([.. table], Geometry, Device, null).Variant.Name);
    }

    private static bool Accepts(string name)
    {
        try
        {
            return Planner.Plan(Geometry, Device, name).Variant.Name == name;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A variant that is never launched.</summary>
    private sealed class FakeVariant(string name, string? refusal, double nanoseconds = 0) : KernelVariant
    {
        public override bool IsDeterministic => !name.StartsWith("random", StringComparison.Ordinal);

        public override bool UsesTensorFloat32 => name == "tf32";

        public override string Name => name;

        public override string Summary => "computes nothing";

        public override ImmutableArray<KernelEntry> EntryPoints => [];

        public override string? Refuse(KernelProblem problem, DeviceLimits device) => refusal;

        public override double Estimate(KernelProblem problem, DeviceLimits device) => nanoseconds;

        public override KernelLaunch Prepare(KernelProblem problem, DeviceLimits device) =>
            VariantTable.All[^1].Prepare(problem, device);

        public override LoadedVariant Load(Accelerator accelerator, ElementType element) =>
            throw new NotSupportedException();
    }
}
