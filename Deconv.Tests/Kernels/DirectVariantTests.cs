using Deconv.Geometry;
using Deconv.Kernels.Direct;
using Deconv.Kernels.Launch;
using Deconv.Planning;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace Deconv.Tests.Kernels;

/// <summary>What the direct variant promises beyond what every variant is held to.</summary>
[TestClass]
public sealed class DirectVariantTests
{
    /// <summary>
    /// Several blocks of units, the last with fewer lines, sums of more products than shared memory holds
    /// weights for, phases with and without taps, and a tile that its pixels do not fill.
    /// </summary>
    private static readonly CaseShape ManyUnits = new()
    {
        Batch = 2,
        Groups = 2,
        GroupInputChannels = 57,
        GroupOutputChannels = 5,
        Input = (5, 7),
        Kernel = (3, 4),
        Stride = (2, 3),
        Crop = (1, 2),
        HasBias = true,
    };

    /// <summary>As many units as fit, and several tiles.</summary>
    private static readonly CaseShape Depthwise = new()
    {
        Groups = 2,
        Input = (23, 29),
        Kernel = 4,
        Stride = 2,
        Crop = 1,
        HasBias = true,
    };

    private static readonly CaseShape[] MemoryBound =
    [
        new() { Groups = 21, Input = 64, Kernel = 16, Stride = 8, Crop = 4 },
        new() { Groups = 3, Input = (540, 960), Kernel = 4, Stride = 2, Crop = 1 },
        new() { GroupInputChannels = 36, GroupOutputChannels = 4, Input = (360, 640), Kernel = 3, Stride = 3 },
        new() { Groups = 64, Input = (200, 300), Kernel = 3, Crop = 1 },
    ];

    private static readonly CaseShape[] ProductBound =
    [
        new() { Batch = 16, GroupInputChannels = 256, GroupOutputChannels = 128, Input = 8, Kernel = 4, Stride = 2, Crop = 1 },
        new() { GroupInputChannels = 128, GroupOutputChannels = 64, Input = 128, Kernel = 2, Stride = 2 },
    ];

    [TestMethod]
    public void Result_is_right_where_work_items_are_threads_and_a_few_groups_compute_many_tiles()
    {
        using Context context = Context.Create(builder => builder.CPU(CPUDeviceKind.Intel));
        using Accelerator accelerator = context.Devices[0].CreateAccelerator(context);
        Assert.AreEqual(DirectKernel.MaxGroupSize, accelerator.MaxNumThreadsPerGroup);
        DeviceLimits limits = PlannedRun.Gpu with { MaxGroupSize = DirectKernel.MaxGroupSize, MaxGridSize = 2 };
        foreach (CaseShape shape in new[] { ManyUnits, Depthwise })
        {
            ConvTransposeCase exact = CaseData.Dyadic(shape.ToSpec(), seed: 31);
            foreach (ConvTransposeCase c in new[] { exact, ChannelsLast.Of(exact) })
            {
                ConvTransposePlan plan = Planner.Plan(new ConvTransposeGeometry(c.Spec), limits, "direct");

                float[] output = PlannedRun.Run(accelerator, c, plan);

                float[] expected = GuardedRun.Rounded(ScatterOracle.Compute(exact));
                if (c != exact)
                    expected = ChannelsLast.OutputOf(exact, expected);
                Assert.AreEqual(2, plan.Launch.GridSize);
                BitAssert.AreEqual(expected, output, $"{shape.Name}, {c.Spec.Layout}");
            }
        }
    }

    [TestMethod]
    public void It_takes_no_memory_but_tables_and_weights_as_they_are()
    {
        ConvTransposePlan plan = Planner.Plan(new ConvTransposeGeometry(ManyUnits.ToSpec()), PlannedRun.Gpu, "direct");

        Assert.AreEqual(0, plan.Launch.ScratchBytes);
        Assert.IsNull(plan.Packing);
    }

    [TestMethod]
    [DataRow("None")]
    [DataRow("Cuda")]
    [DataRow("TensorCores")]
    public void It_is_chosen_on_gpus_where_memory_takes_the_time(string hardware)
    {
        DeviceLimits device = PlannedRun.Gpu with { Hardware = Enum.Parse<HardwareLevel>(hardware) };

        foreach (CaseShape shape in MemoryBound)
            Assert.AreEqual("direct", Choose(shape, device), shape.Name);
        foreach (CaseShape shape in ProductBound)
            Assert.AreNotEqual("direct", Choose(shape, device), shape.Name);
    }

    [TestMethod]
    [DataRow("CpuAccelerator")]
    [DataRow("OpenClCpu")]
    public void It_is_not_chosen_on_cpus(string kind)
    {
        DeviceLimits device = PlannedRun.Gpu with { Kind = Enum.Parse<DeviceKind>(kind), Processors = 2 };

        foreach (CaseShape shape in MemoryBound.Concat(ProductBound))
            Assert.AreNotEqual("direct", Choose(shape, device), shape.Name);
    }

    [TestMethod]
    public void A_tensor_that_32_bits_cannot_address_is_refused()
    {
        var shape = new CaseShape { Batch = 2, GroupInputChannels = 1 << 20, Input = (1, 1 << 10) };

        AssertRefused("a tensor has 2147483648 elements", shape);
        Assert.IsNull(Refuse(shape with { Input = (1, (1 << 10) - 1) }));
    }

    [TestMethod]
    public void Very_many_channels_and_phases_are_refused() => AssertRefused(
        "a group has 4097 output channels in 4 phases, and it takes at most 16384 of both",
        new CaseShape { GroupOutputChannels = 4097, Input = 3, Kernel = 2, Stride = 2 });

    [TestMethod]
    public void Taps_that_change_from_pixel_to_pixel_are_refused() => AssertRefused(
        "the taps change 71289 times over the output", new CaseShape { Input = 200, Kernel = 134 });

    [TestMethod]
    public void A_divisor_divides_as_the_operator_does()
    {
        int[] numbers =
        [
            .. from bits in Enumerable.Range(0, 31)
               from near in new[] { -2, -1, 0, 1, 2, 11 }
               let number = (1L << bits) + near
               where number is >= 0 and <= int.MaxValue
               select (int)number,
            int.MaxValue, int.MaxValue - 1, 1_000_000_007, 1_999_999_999,
        ];
        foreach (int divisor in numbers.Where(number => number > 0))
        {
            var by = Divisor.Of(divisor);
            foreach (int dividend in numbers)
                Assert.AreEqual(dividend / divisor, by.Divide(dividend), $"{dividend} / {divisor}");
        }
    }

    private static string Choose(CaseShape shape, DeviceLimits device) =>
        Planner.Plan(new ConvTransposeGeometry(shape.ToSpec()), device).Variant.Name;

    private static void AssertRefused(string reason, CaseShape shape) =>
        Assert.StartsWith(reason, Refuse(shape) ?? "nothing", shape.Name);

    private static string? Refuse(CaseShape shape) =>
        new DirectVariant().Refuse(Planner.Translate(new ConvTransposeGeometry(shape.ToSpec())), PlannedRun.Gpu);
}
