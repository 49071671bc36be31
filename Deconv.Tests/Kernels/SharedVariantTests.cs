using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Shared;
using Deconv.Planning;
using Deconv.Runtime;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace Deconv.Tests.Kernels;

/// <summary>What the shared-memory variant promises beyond what every variant is held to.</summary>
[TestClass]
public sealed class SharedVariantTests
{
    /// <summary>
    /// Two tiles of channels, three slices a tap, phases without taps, and more pixels than a tile has.
    /// </summary>
    private static readonly CaseShape ManyTiles = new()
    {
        Batch = 5,
        Groups = 2,
        GroupInputChannels = 17,
        GroupOutputChannels = 67,
        Input = (5, 7),
        Kernel = (3, 2),
        Stride = (2, 3),
        Crop = (1, 0),
        HasBias = true,
    };

    private static readonly DeviceLimits Gpu = new()
    {
        Kind = DeviceKind.Gpu,
        Processors = 4,
        MaxGroupSize = 1024,
        MaxGridSize = int.MaxValue,
    };

    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    /// <summary>
    /// ILGPU checks every index there, and the work items of a group are threads, which no lockstep
    /// keeps in order where a barrier is missing.
    /// </summary>
    [TestMethod]
    public void Result_is_right_where_work_items_are_threads()
    {
        using Context context = Context.Create(builder => builder.CPU(CPUDeviceKind.Intel));
        using Accelerator accelerator = context.Devices[0].CreateAccelerator(context);
        Assert.AreEqual(SharedKernel.GroupSize, accelerator.MaxNumThreadsPerGroup);
        CaseShape shape = ManyTiles with { Batch = 1, Groups = 1, Input = (3, 4) };
        DeviceLimits limits = DeviceDescription.LimitsOf(accelerator) with { MaxGridSize = 2 };
        ConvTransposeCase c = CaseData.Dyadic(shape.ToSpec(), seed: 21);

        float[] output = Run(accelerator, c, limits);

        BitAssert.AreEqual(GuardedRun.Rounded(ScatterOracle.Compute(c)), output, shape.Name);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_few_groups_compute_many_tiles(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        ConvTransposeCase c = CaseData.Dyadic(ManyTiles.ToSpec(), seed: 22);
        VariantRefusal.SkipIfRefused(engine, c.Spec, "shared");

        float[] output = Run(
            engine.Accelerator, c, DeviceDescription.LimitsOf(engine.Accelerator) with { MaxGridSize = 3 });

        BitAssert.AreEqual(GuardedRun.Rounded(ScatterOracle.Compute(c)), output, ManyTiles.Name);
    }

    [TestMethod]
    public void Small_groups_are_refused()
    {
        AssertRefused(
            "its groups have 128 work items, those of the device at most 127",
            ManyTiles,
            Gpu with { MaxGroupSize = 127 });
    }

    [TestMethod]
    public void A_sample_that_32_bits_cannot_address_is_refused()
    {
        var shape = new CaseShape { GroupInputChannels = 1 << 20, Input = (1, 1 << 11) };

        AssertRefused("a weight or a sample has 2147483648 elements", shape, Gpu);
        Assert.IsNull(Refuse(shape with { Input = (1, (1 << 11) - 1) }, Gpu));
    }

    [TestMethod]
    public void Taps_that_change_from_pixel_to_pixel_are_refused()
    {
        AssertRefused(
            "the taps change so often that there are 71289 regions",
            new CaseShape { Input = 200, Kernel = 134 },
            Gpu);
    }

    [TestMethod]
    public void More_pixels_than_32_bits_can_count_are_refused()
    {
        var shape = new CaseShape { Batch = (1 << 30) + 1 };

        AssertRefused("there are 1073741825 tiles, or pixels", shape, Gpu);
        Assert.IsNull(Refuse(shape with { Batch = 1 << 30 }, Gpu));
    }

    private static void AssertRefused(string reason, CaseShape shape, DeviceLimits device) =>
        Assert.StartsWith(reason, Refuse(shape, device) ?? "nothing", shape.Name);

    private static string? Refuse(CaseShape shape, DeviceLimits device) =>
        new SharedVariant().Refuse(Planner.Translate(new ConvTransposeGeometry(shape.ToSpec())), device);

    /// <summary>Runs a plan made for other limits than the accelerator's own.</summary>
    private static float[] Run(Accelerator accelerator, ConvTransposeCase c, DeviceLimits limits)
    {
        var geometry = new ConvTransposeGeometry(c.Spec);
        ConvTransposePlan plan = Planner.Plan(geometry, limits, "shared");
        Assert.AreEqual(limits.MaxGridSize, plan.Launch.GridSize);
        return PlannedRun.Run(accelerator, c, plan);
    }
}
