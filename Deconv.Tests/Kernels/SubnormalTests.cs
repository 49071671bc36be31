using System.Numerics;
using Deconv.Geometry;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Variants;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

/// <summary>
/// Nothing is flushed to zero: products and sums of the least numbers of each type are the exact ones, and
/// a sum that is zero has no sign, whatever the signs of its products and its bias. Transforms take halves of
/// weights, so <c>winograd</c> is exact where sums have smaller numbers than elements.
/// </summary>
[TestClass]
public sealed class SubnormalTests
{
    private static readonly CaseShape[] Shapes =
    [
        new() { Batch = 2, GroupInputChannels = 3, GroupOutputChannels = 2, Input = (3, 5) },
        new() { GroupInputChannels = 2, GroupOutputChannels = 9, Input = (3, 20), Kernel = 2, Stride = 2 },
        new() { GroupInputChannels = 2, GroupOutputChannels = 3, Input = (4, 3), Kernel = (3, 2), HasBias = true },
    ];

    private static readonly Dictionary<string, Action<Engine, ConvTransposeSpec, string>> Formats = new()
    {
        ["float32"] = (engine, spec, variant) => AssertExact<float>(engine, spec, variant, -149, z => (float)z.Real),
        ["float64"] = (engine, spec, variant) => AssertExact<double>(engine, spec, variant, -1074, z => z.Real),
        ["float16"] = (engine, spec, variant) => AssertExact<Half>(engine, spec, variant, -24, z => (Half)z.Real),
        ["bfloat16"] = (engine, spec, variant) =>
            AssertExact<BFloat16>(engine, spec, variant, -133, z => (BFloat16)z.Real),
        ["complex64"] = (engine, spec, variant) => AssertExact<Complex64>(engine, spec, variant, -149, z => (Complex64)z),
        ["complex128"] = (engine, spec, variant) => AssertExact<Complex>(engine, spec, variant, -1074, z => z),
    };

    public static IEnumerable<object[]> Rows =>
        from format in Formats.Keys
        from variant in VariantTable.All.Where(variant => !TensorProductTests.AreRounded(variant.Name))
        where !variant.Name.StartsWith("winograd", StringComparison.Ordinal) || format is "float16" or "bfloat16"
        from accelerator in TestAccelerators.Names
        select new object[] { format, variant.Name, accelerator };

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Sums_of_the_least_numbers_are_exact(string format, string variant, string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        ElementType element = Enum.GetValues<ElementType>().Single(element => element.Name() == format);
        ConvTransposeSpec[] specs = [.. Shapes.Select(shape => shape.ToSpec() with { Element = element })];
        VariantRefusal.RunAccepted(engine, specs, variant, spec => Formats[format](engine, spec, variant));
    }

    /// <summary>Inputs and biases are few times the least number, weights whole numbers.</summary>
    private static void AssertExact<T>(
        Engine engine, ConvTransposeSpec spec, string variant, int exponent, Func<Complex, T> round)
        where T : unmanaged
    {
        ConvTransposeCase c = CaseData.Dyadic(spec, seed: 3);
        c = c with
        {
            Input = [.. c.Input.Select(value => MathF.Truncate(3 * value))],
            Weight = [.. c.Weight.Select(MathF.Truncate)],
            Bias = c.Bias is { } bias ? [.. bias.Select(value => -0f * value)] : null,
        };
        T Least(double count) => round(new(Math.ScaleB(count, exponent), 0));

        T[] actual = GuardedRun.Run(
            engine,
            spec,
            [.. c.Input.Select(value => Least(value))],
            [.. c.Weight.Select(value => round(value))],
            c.Bias is { } zeros ? [.. zeros.Select(value => Least(value))] : null,
            round(new(double.NaN, double.NaN)),
            round(-987.25),
            variant,
            variant);

        T[] expected = [.. ScatterOracle.Compute(c).Select(Least)];
        Assert.Contains(value => value.Equals(Least(0)), expected);
        BitAssert.AreEqual<T>(expected, actual, $"{variant}, {spec}");
    }
}
