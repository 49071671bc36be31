using System.Numerics;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Planning;
using Deconv.Runtime;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Half = System.Half;

namespace Deconv.Tests.Kernels;

/// <summary>
/// The variants for tensor cores, on emulated warps: few cases, since each item is a thread, and each product
/// of matrices waits for a warp of them.
/// </summary>
[TestClass]
public sealed class TensorProductTests
{
    /// <summary>One tile, of two phases and two slices, the second of one channel.</summary>
    private static readonly CaseShape Small = new()
    {
        GroupInputChannels = 9,
        GroupOutputChannels = 5,
        Input = (1, 5),
        Kernel = (1, 2),
        Stride = (1, 2),
        HasBias = true,
    };

    /// <summary>Two groups, channels that are not whole slices or runs, and phases with two taps and one.</summary>
    private static readonly CaseShape Ragged = new()
    {
        Batch = 2,
        Groups = 2,
        GroupInputChannels = 45,
        GroupOutputChannels = 7,
        Input = (1, 3),
        Kernel = (1, 3),
        Stride = (2, 2),
        Crop = (0, 1),
        HasBias = true,
    };

    /// <summary>Tiles that a group computes one after the other, more pixels than one has, and more rows.</summary>
    private static readonly CaseShape ManyTiles = new()
    {
        GroupInputChannels = 5,
        GroupOutputChannels = 35,
        Input = (1, 70),
        Kernel = (1, 2),
        Stride = (1, 2),
        HasBias = true,
    };

    /// <summary>Channels in aligned runs of eight where they are innermost, but not in whole slices.</summary>
    private static readonly CaseShape Runs = Ragged with { GroupInputChannels = 40 };

    /// <summary>Ten slices.</summary>
    private static readonly CaseShape LongSums = new()
    {
        Batch = 2,
        GroupInputChannels = 290,
        GroupOutputChannels = 5,
        Input = (1, 2),
        HasBias = true,
    };

    /// <summary>Whether a variant computes with fewer bits than its operands have: the bounds are those here.</summary>
    public static bool AreRounded(string variant) => variant.StartsWith("tf32", StringComparison.Ordinal);

    /// <summary>Whether a variant sums up on tensor cores what it was given, bit for bit.</summary>
    public static bool AreSummedUp(string variant) =>
        variant.StartsWith("fp16", StringComparison.Ordinal) || variant.StartsWith("bf16", StringComparison.Ordinal);

    [TestMethod]
    [DataRow("tf32")]
    [DataRow("tf32x3")]
    public void Result_has_the_bits_of_the_oracle_where_numbers_are_short(string variant)
    {
        ConvTransposeCase c = CaseData.Dyadic(Small.ToSpec(), seed: 41);

        BitAssert.AreEqual(GuardedRun.Rounded(ScatterOracle.Compute(c)), Run(c, variant), variant);
    }

    /// <summary>Two slices of 16 channels and one of 13, or of 8 in two aligned runs, and both ways of inputs.</summary>
    [TestMethod]
    [DataRow("tf32", "ChannelsFirst")]
    [DataRow("tf32", "ChannelsLast")]
    [DataRow("tf32x3", "ChannelsFirst")]
    [DataRow("tf32x3", "ChannelsLast")]
    public void Slices_of_floats_are_whole_or_not(string variant, string layout)
    {
        AssertFloats(Ragged, variant, Enum.Parse<TensorLayout>(layout));
        AssertFloats(Runs, variant, Enum.Parse<TensorLayout>(layout));
    }

    [TestMethod]
    [DataRow("tf32")]
    [DataRow("tf32x3")]
    public void One_group_computes_many_tiles_of_floats(string variant) =>
        AssertFloats(ManyTiles, variant, TensorLayout.ChannelsFirst, limits => limits with { MaxGridSize = 1 });

    [TestMethod]
    [DataRow("fp16", "float16", "ChannelsFirst")]
    [DataRow("fp16", "float16", "ChannelsLast")]
    [DataRow("bf16", "bfloat16", "ChannelsFirst")]
    public void Sums_of_sixteen_bits_are_rounded_once(string variant, string format, string layout)
    {
        ConvTransposeCase c = CaseData.Dyadic(Of(Ragged, format), seed: 44);

        RunRounded(c, variant, format, Enum.Parse<TensorLayout>(layout));
    }

    [TestMethod]
    public void Channels_in_aligned_runs_are_copied_whole()
    {
        AssertHalves(Runs, "fp16", TensorLayout.ChannelsLast);
        AssertHalves(Runs, "fp16-64", TensorLayout.ChannelsLast);
    }

    /// <summary>Of the last slice not all runs are there, and infinity times their weights would be NaN.</summary>
    [TestMethod]
    public void Infinity_in_the_last_run_stays_what_it_is()
    {
        AssertHalves(Runs, "fp16-64", TensorLayout.ChannelsLast, fill: WithInfinity);
        AssertFloats(Runs, "tf32", TensorLayout.ChannelsLast, fill: WithInfinity);

        static ConvTransposeCase WithInfinity(ConvTransposeCase c) => c with
        {
            Input = c.Input.SetItem(3 * (Runs.GroupInputChannels - 1), float.PositiveInfinity),
        };
    }

    [TestMethod]
    public void One_group_computes_many_tiles() =>
        AssertHalves(ManyTiles, "fp16-64", TensorLayout.ChannelsFirst, limits => limits with { MaxGridSize = 1 });

    [TestMethod]
    [DataRow("ChannelsFirst")]
    [DataRow("ChannelsLast")]
    public void Sums_in_parts_are_rounded_once(string name)
    {
        TensorLayout layout = Enum.Parse<TensorLayout>(name);
        AssertHalves(LongSums, "fp16-split", layout, limits => limits with { Processors = 3 });
        AssertHalves(LongSums with { HasBias = false }, "fp16-split", layout, limits => limits with { Processors = 3 });
    }

    [TestMethod]
    [DataRow("fp16", "float16")]
    [DataRow("bf16", "bfloat16")]
    public void NaN_and_infinity_of_sixteen_bits_stay_in_their_footprint(string variant, string format)
    {
        ConvTransposeCase c = CaseData.Dyadic(Of(Small, format), seed: 45);
        c = c with
        {
            Input = c.Input.SetItem(0, float.PositiveInfinity).SetItem(11, float.NaN),
            Weight = c.Weight.SetItem(4, 0f),
        };

        Complex[] result = RunRounded(c, variant, format, TensorLayout.ChannelsFirst);

        Assert.Contains(z => double.IsNaN(z.Real), result);
        Assert.Contains(z => double.IsInfinity(z.Real), result);
        Assert.Contains(z => double.IsFinite(z.Real), result);
    }

    /// <summary>Sums of nine products, of numbers with 11 bits, or with 24 that lose the last few.</summary>
    [TestMethod]
    [DataRow("tf32", 1e-5, 5e-3)]
    [DataRow("tf32x3", 0, 5e-6)]
    public void Error_is_that_of_the_numbers(string variant, double least, double most)
    {
        ConvTransposeCase c = CaseData.Dyadic(Small.ToSpec(), seed: 42);
        c = c with { Input = [.. c.Input.Select(MathF.Sin)], Weight = [.. c.Weight.Select(MathF.Cos)] };

        double error = ScatterOracle.Compute(c).Zip(Run(c, variant), (exact, value) => Math.Abs(exact - value)).Max();

        Assert.IsGreaterThanOrEqualTo(least, error);
        Assert.IsLessThanOrEqualTo(most, error);
    }

    [TestMethod]
    [DataRow("tf32")]
    [DataRow("tf32x3")]
    public void NaN_and_infinity_stay_what_they_are_in_their_footprint(string variant)
    {
        ConvTransposeCase c = CaseData.Dyadic(Small.ToSpec(), seed: 43);
        float nan = BitConverter.UInt32BitsToSingle(0x7F800001);
        c = c with
        {
            Input = c.Input.SetItem(0, float.PositiveInfinity).SetItem(11, nan),
            Weight = c.Weight.SetItem(4, 0f),
        };

        float[] expected = GuardedRun.Rounded(ScatterOracle.Compute(c));
        BitAssert.AreEqual(WithOneNaN(expected), WithOneNaN(Run(c, variant)), variant);
        Assert.Contains(value => float.IsInfinity(value), expected);
    }

    /// <summary>The parts of a number that is not finite would make it NaN, zeros in place of the other's among them.</summary>
    [TestMethod]
    [DataRow("tf32")]
    [DataRow("tf32x3")]
    public void Infinity_times_infinity_is_infinity(string variant)
    {
        ConvTransposeCase c = CaseData.Dyadic(Small.ToSpec(), seed: 44);
        c = c with
        {
            Input = [.. c.Input.Select(value => 1 + MathF.Abs(value))],
            Weight = [.. c.Weight.Select(value => 1 + MathF.Abs(value))],
        };
        c = c with
        {
            Input = c.Input.SetItem(0, float.PositiveInfinity),
            Weight = c.Weight.SetItem(0, float.PositiveInfinity),
        };

        float[] expected = GuardedRun.Rounded(ScatterOracle.Compute(c));

        Assert.DoesNotContain(float.NaN, expected);
        CollectionAssert.AreEqual(
            expected.Select(float.IsInfinity).ToArray(), Run(c, variant).Select(float.IsPositiveInfinity).ToArray());
    }

    [TestMethod]
    public void Only_calls_that_name_them_are_computed_with_them()
    {
        var shape = new CaseShape { GroupInputChannels = 512, GroupOutputChannels = 512, Input = 64, Kernel = 3 };
        VariantComparison comparison = Planner.Compare(
            Deconv.Kernels.Variants.VariantTable.All, new ConvTransposeGeometry(shape.ToSpec()), PlannedRun.Gpu);

        Assert.IsEmpty(comparison.Candidates.Where(variant => AreRounded(variant.Name)));
        Assert.AreEqual("tf32", comparison.PlanNamed("tf32").Variant.Name);
    }

    [TestMethod]
    [DataRow("float16", "fp16")]
    [DataRow("bfloat16", "bf16")]
    public void Sixteen_bits_are_computed_by_tensor_cores_where_there_are_some(string format, string variant)
    {
        var shape = new CaseShape { GroupInputChannels = 256, GroupOutputChannels = 128, Input = 64, Kernel = 4, Stride = 2 };
        var geometry = new ConvTransposeGeometry(Of(shape, format));

        Assert.AreEqual(variant, Planner.Plan(geometry, PlannedRun.Gpu).Variant.Name);
        ConvTransposePlan without = Planner.Plan(geometry, PlannedRun.Gpu with { Hardware = HardwareLevel.Cuda });
        Assert.AreNotEqual(variant, without.Variant.Name);
    }

    [TestMethod]
    public void Devices_without_tensor_cores_are_refused()
    {
        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(() => Planner.Plan(
            new ConvTransposeGeometry(Small.ToSpec()), PlannedRun.Gpu with { Hardware = HardwareLevel.Cuda }, "tf32"));

        Assert.Contains("it needs an NVIDIA GPU's tensor cores (sm_80 or later)", refusal.Message);
    }

    private static float[] Run(ConvTransposeCase c, string variant)
    {
        using Context context = Context.Create(builder => builder.CPU(new CPUDevice(32, 4, 1)));
        using Accelerator accelerator = context.Devices[0].CreateAccelerator(context);
        DeviceLimits limits = DeviceDescription.LimitsOf(accelerator);
        return PlannedRun.Run(accelerator, c, Planner.Plan(new ConvTransposeGeometry(c.Spec), limits, variant));
    }

    /// <summary>Runs an exact case on emulated warps, and requires the oracle's results, rounded once.</summary>
    private static Complex[] RunRounded(ConvTransposeCase c, string variant, string format, TensorLayout layout)
    {
        using Context context = Context.Create(builder => builder.CPU(new CPUDevice(32, 4, 1)));
        using Accelerator accelerator = context.Devices[0].CreateAccelerator(context);
        using Engine engine = Engine.ForAccelerator(accelerator);
        return NumberFormat.All[format].AssertRoundedOnce(engine, c, c, layout, variant, variant);
    }

    private static void AssertHalves(
        CaseShape shape,
        string variant,
        TensorLayout layout,
        Func<DeviceLimits, DeviceLimits>? change = null,
        Func<ConvTransposeCase, ConvTransposeCase>? fill = null) =>
        AssertBits(Of(shape, "float16"), variant, layout, x => (Half)x, sum => (Half)sum, change, fill);

    private static void AssertFloats(
        CaseShape shape,
        string variant,
        TensorLayout layout,
        Func<DeviceLimits, DeviceLimits>? change = null,
        Func<ConvTransposeCase, ConvTransposeCase>? fill = null) =>
        AssertBits(shape.ToSpec(), variant, layout, x => x, sum => (float)sum, change, fill);

    /// <summary>Runs an exact case, on a plan for some limits and operands that are aligned.</summary>
    private static void AssertBits<T>(
        ConvTransposeSpec spec,
        string variant,
        TensorLayout layout,
        Func<float, T> round,
        Func<double, T> roundSum,
        Func<DeviceLimits, DeviceLimits>? change,
        Func<ConvTransposeCase, ConvTransposeCase>? fill)
        where T : unmanaged
    {
        ConvTransposeCase c = CaseData.Dyadic(spec, seed: 46);
        c = fill?.Invoke(c) ?? c;
        T[] expected = [.. ScatterOracle.Compute(c).Select(roundSum)];
        if (layout == TensorLayout.ChannelsLast)
            (c, expected) = (ChannelsLast.Of(c), ChannelsLast.OutputOf(c, expected));
        using Context context = Context.Create(builder => builder.CPU(new CPUDevice(32, 4, 1)));
        using Accelerator accelerator = context.Devices[0].CreateAccelerator(context);
        DeviceLimits limits = DeviceDescription.LimitsOf(accelerator);
        ConvTransposePlan plan = Planner.Plan(
            new ConvTransposeGeometry(c.Spec), change?.Invoke(limits) ?? limits, variant);
        BitAssert.AreEqual<T>(expected, PlannedRun.Run(accelerator, c, plan, round), $"{variant}, {layout}");
    }

    private static ConvTransposeSpec Of(CaseShape shape, string format) =>
        shape.ToSpec() with { Element = NumberFormat.All[format].Element };

    private static float[] WithOneNaN(float[] values) =>
        [.. values.Select(value => float.IsNaN(value) ? float.NaN : value)];
}
