using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Tiled;
using Deconv.Kernels.Variants;
using Deconv.Planning;
using Deconv.Runtime;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace Deconv.Tests.Kernels;

/// <summary>What the tiled variants promise beyond what every variant is held to.</summary>
[TestClass]
public sealed class TiledVariantTests
{
    /// <summary>
    /// Phases side by side with and without taps, channels that fill no quad, slices that end early, and more
    /// pixels than a tile has.
    /// </summary>
    private static readonly CaseShape ManyTiles = new()
    {
        Batch = 2,
        Groups = 2,
        GroupInputChannels = 11,
        GroupOutputChannels = 37,
        Input = (7, 9),
        Kernel = (3, 4),
        Stride = (2, 3),
        Crop = (1, 2),
        HasBias = true,
    };

    private static readonly CaseShape LongSums = new()
    {
        Batch = 2,
        GroupInputChannels = 150,
        GroupOutputChannels = 6,
        Input = (3, 4),
        Kernel = 4,
        Stride = 2,
        Crop = 1,
        HasBias = true,
    };

    public static IEnumerable<object[]> AcceleratorRows => TestAccelerators.Rows;

    public static IEnumerable<object[]> CaseRows => AdversarialCases.All.Keys.Select(name => new object[] { name });

    /// <summary>
    /// ILGPU checks every index there, the work items of a group are threads, which no lockstep keeps in
    /// order where a barrier is missing, and copies are made when they are waited for.
    /// </summary>
    [TestMethod]
    [DynamicData(nameof(CaseRows))]
    public void Result_is_right_where_work_items_are_threads(string shape) =>
        AssertBits(AdversarialCases.All[shape], "simt64", warps: 2);

    [TestMethod]
    [DataRow("simt128", 8)]
    [DataRow("simt64x128", 4)]
    [DataRow("simt64", 2)]
    public void A_few_groups_of_threads_compute_many_tiles(string variant, int warps) =>
        AssertBits(ManyTiles, variant, warps, limits => limits with { MaxGridSize = 2 });

    [TestMethod]
    [DynamicData(nameof(AcceleratorRows))]
    public void Sums_in_parts_are_right(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        DeviceLimits limits = DeviceDescription.LimitsOf(engine.Accelerator) with { Processors = 1000 };
        if (limits.MaxGroupSize < 64)
            Assert.Inconclusive("Its groups are too small.");

        AssertBits(engine.Accelerator, LongSums, "simt64-split", limits);
        AssertBits(engine.Accelerator, LongSums with { HasBias = false }, "simt64-split", limits);
    }

    [TestMethod]
    public void Sums_in_parts_are_right_where_work_items_are_threads() => AssertBits(
        LongSums with { Batch = 1 }, "simt64-split", warps: 2, limits => limits with { Processors = 24 });

    /// <summary>So that a sample has the same bits in all of them.</summary>
    [TestMethod]
    public void Sums_have_as_many_parts_in_batches_of_all_sizes()
    {
        foreach (int batch in new[] { 1, 40 })
        {
            ConvTransposePlan plan = Plan(LongSums with { Batch = batch }, PlannedRun.Gpu, "simt64-split");
            Assert.AreEqual(4, ((TiledLaunch)plan.Launch).Parameters.Splits);
        }
    }

    [TestMethod]
    public void A_call_with_work_for_all_processors_is_not_cut_into_parts() => AssertRefused(
        "there is work for all processors", LongSums with { Input = 100 }, PlannedRun.Gpu, "simt64-split");

    [TestMethod]
    [DataRow("None", "Gpu", false)]
    [DataRow("Portable", "Gpu", false)]
    [DataRow("Portable", "OpenClCpu", false)]
    [DataRow("Cuda", "CpuAccelerator", false)]
    [DataRow("Cuda", "Gpu", true)]
    public void Scalar_tiles_are_chosen_on_cuda_with_a_context_that_knows_them(string hardware, string kind, bool isChosen)
    {
        var shape = new CaseShape { GroupInputChannels = 256, GroupOutputChannels = 128, Input = 64, Kernel = 4, Stride = 2 };
        DeviceLimits device = PlannedRun.Gpu with
        {
            Hardware = Enum.Parse<HardwareLevel>(hardware),
            Kind = Enum.Parse<DeviceKind>(kind),
        };

        ConvTransposePlan plan = Planner.Plan(new ConvTransposeGeometry(shape.ToSpec()), device);

        Assert.AreEqual(isChosen, plan.Variant.Name.StartsWith("simt", StringComparison.Ordinal), plan.Explain());
    }

    [TestMethod]
    public void A_context_that_knows_no_hardware_is_refused_with_the_way_out() => AssertRefused(
        "the context knows none of this library's instructions; one built with EnableDeconv does",
        ManyTiles,
        PlannedRun.Gpu with { Hardware = HardwareLevel.None });

    [TestMethod]
    public void Small_groups_are_refused() => AssertRefused(
        "its groups have 256 work items, those of the device at most 255", ManyTiles, PlannedRun.Gpu with { MaxGroupSize = 255 });

    [TestMethod]
    public void A_sample_that_32_bits_cannot_address_is_refused() => AssertRefused(
        "a sample has, or a packed weight takes, 2147483648 elements",
        new CaseShape { GroupInputChannels = 1 << 20, Input = (1, 1 << 11) },
        PlannedRun.Gpu);

    [TestMethod]
    public void Taps_that_change_from_pixel_to_pixel_are_refused() => AssertRefused(
        "the taps change so often that there are 71289 kinds", new CaseShape { Input = 200, Kernel = 134 }, PlannedRun.Gpu);

    [TestMethod]
    public void More_pixels_than_32_bits_can_count_are_refused() => AssertRefused(
        "there are 1073741825 tiles, or pixels", new CaseShape { Batch = (1 << 30) + 1 }, PlannedRun.Gpu);

    private static void AssertRefused(string reason, CaseShape shape, DeviceLimits device, string variant = "simt128")
    {
        KernelVariant tiled = VariantTable.All.Single(v => v.Name == variant);
        string? refusal = tiled.Refuse(Planner.Translate(new ConvTransposeGeometry(shape.ToSpec())), device);
        Assert.StartsWith(reason, refusal ?? "nothing", shape.Name);
    }

    private static ConvTransposePlan Plan(CaseShape shape, DeviceLimits limits, string variant) =>
        Planner.Plan(new ConvTransposeGeometry(shape.ToSpec()), limits, variant);

    private static void AssertBits(
        CaseShape shape, string variant, int warps, Func<DeviceLimits, DeviceLimits>? change = null)
    {
        using Context context = Context.Create(builder => builder.CPU(new CPUDevice(32, warps, 1)));
        using Accelerator accelerator = context.Devices[0].CreateAccelerator(context);
        DeviceLimits limits = DeviceDescription.LimitsOf(accelerator);
        AssertBits(accelerator, shape, variant, change?.Invoke(limits) ?? limits);
    }

    private static void AssertBits(Accelerator accelerator, CaseShape shape, string variant, DeviceLimits limits)
    {
        ConvTransposeCase c = CaseData.Dyadic(shape.ToSpec(), seed: 31);
        float[] output = PlannedRun.Run(accelerator, c, Plan(shape, limits, variant));
        BitAssert.AreEqual(GuardedRun.Rounded(ScatterOracle.Compute(c)), output, $"{variant}, {shape.Name}");
    }
}
