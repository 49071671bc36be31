using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Planning;
using Deconv.Runtime;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

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

    /// <summary>Whether a variant computes with fewer bits than its operands have: the bounds are those here.</summary>
    public static bool AreRounded(string variant) => variant.StartsWith("tf32", StringComparison.Ordinal);

    [TestMethod]
    [DataRow("tf32")]
    [DataRow("tf32x3")]
    public void Result_has_the_bits_of_the_oracle_where_numbers_are_short(string variant)
    {
        ConvTransposeCase c = CaseData.Dyadic(Small.ToSpec(), seed: 41);

        BitAssert.AreEqual(GuardedRun.Rounded(ScatterOracle.Compute(c)), Run(c, variant), variant);
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
    public void Devices_without_tensor_cores_are_refused()
    {
        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(() => Planner.Plan(
            new ConvTransposeGeometry(Small.ToSpec()), PlannedRun.Gpu with { Hardware = HardwareLevel.Cuda }, "tf32"));

        Assert.Contains("it needs an NVIDIA GPU's tensor cores (sm_80 or later)", refusal.Message);
    }

    private static float[] Run(ConvTransposeCase c, string variant)
    {
        using Context context = Context.Create(builder => builder.CPU(new CPUDevice(32, 8, 1)));
        using Accelerator accelerator = context.Devices[0].CreateAccelerator(context);
        DeviceLimits limits = DeviceDescription.LimitsOf(accelerator);
        return PlannedRun.Run(accelerator, c, Planner.Plan(new ConvTransposeGeometry(c.Spec), limits, variant));
    }

    private static float[] WithOneNaN(float[] values) =>
        [.. values.Select(value => float.IsNaN(value) ? float.NaN : value)];
}
