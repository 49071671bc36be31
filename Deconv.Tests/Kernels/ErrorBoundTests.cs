using System.Collections.Immutable;
using System.Numerics;
using Deconv.Geometry;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Variants;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

/// <summary>On ordinary data, errors are within the bounds that the README gives.</summary>
[TestClass]
public sealed class ErrorBoundTests
{
    /// <summary>Few products and many, of one tap and of several, in and out of groups.</summary>
    private static readonly CaseShape[] Shapes =
    [
        new()
        {
            Batch = 2, GroupInputChannels = 16, GroupOutputChannels = 9, Input = (9, 13), Kernel = 4, Stride = 2,
            Crop = 1, HasBias = true,
        },
        new() { GroupInputChannels = 300, GroupOutputChannels = 8, Input = (4, 21), Kernel = 3, Crop = 1, HasBias = true },
        new()
        {
            Groups = 3, GroupInputChannels = 2, GroupOutputChannels = 1, Input = (5, 4), Kernel = (5, 3),
            Stride = (2, 3), Dilation = (1, 2), HasBias = true,
        },
        new() { Batch = 3, GroupInputChannels = 700, GroupOutputChannels = 17, Kernel = 1, HasBias = true },
    ];

    private static readonly Dictionary<string, Action<Engine, ConvTransposeSpec, string>> Formats = new()
    {
        ["float32"] = (engine, spec, variant) => AssertBound(engine, spec, variant, 1, z => (float)z.Real, x => x),
        ["float64"] = (engine, spec, variant) => AssertBound(engine, spec, variant, Fine, z => z.Real, x => x),
        ["float16"] = (engine, spec, variant) =>
            AssertBound(engine, spec, variant, 1, z => (Half)z.Real, x => (double)x),
        ["bfloat16"] = (engine, spec, variant) =>
            AssertBound(engine, spec, variant, 1, z => (BFloat16)z.Real, x => (double)x),
        ["complex64"] = (engine, spec, variant) => AssertBound(engine, spec, variant, 1, z => (Complex64)z, x => x),
        ["complex128"] = (engine, spec, variant) => AssertBound(engine, spec, variant, Fine, z => z, x => x),
    };

    /// <summary>A factor of inputs that doubles hold and floats do not.</summary>
    private const double Fine = 1 + 1.0 / (1 << 24);

    public static IEnumerable<object[]> Rows =>
        from format in Formats.Keys
        from variant in VariantTable.All.Where(variant => !TensorProductTests.AreRounded(variant.Name))
        from accelerator in TestAccelerators.Names
        select new object[] { format, variant.Name, accelerator };

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Errors_on_normal_data_are_within_the_bound(string format, string variant, string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        ElementType element = Enum.GetValues<ElementType>().Single(element => element.Name() == format);
        ConvTransposeSpec[] specs = [.. Shapes.Select(shape => shape.ToSpec() with { Element = element })];
        VariantRefusal.RunAccepted(engine, specs, variant, spec => Formats[format](engine, spec, variant));
    }

    private static void AssertBound<T>(
        Engine engine, ConvTransposeSpec spec, string variant, double scale, Func<Complex, T> round, Func<T, Complex> widen)
        where T : unmanaged
    {
        bool isComplex = spec.Element is ElementType.ComplexFloat32 or ElementType.ComplexFloat64;
        ConvTransposeCase real = Rounded(Normal(spec, seed: 1), round, widen);
        ConvTransposeCase imaginary = Rounded(Normal(spec, seed: 2), round, widen);

        T[] actual = GuardedRun.Run(
            engine,
            spec,
            Encode(real.Input, imaginary.Input, scale, round),
            Encode(real.Weight, imaginary.Weight, 1, round),
            Encode(real.Bias!.Value, imaginary.Bias!.Value, 1, round),
            round(new(double.NaN, double.NaN)),
            round(-987.25),
            variant,
            variant);

        double[] counts = ScatterOracle.Compute(Each(real, _ => 1) with { Bias = null });
        double[] exact = Sums(real, scale);
        double[] magnitudes = Sums(Each(real, MathF.Abs), scale);
        if (isComplex)
        {
            // A real part has the products of two real parts less those of two imaginary ones.
            ConvTransposeCase other = imaginary with { Bias = null };
            counts = [.. counts.Select(count => 2 * count)];
            exact = [.. exact.Zip(Sums(other, scale), (left, right) => left - right)];
            magnitudes = [.. magnitudes.Zip(Sums(Each(other, MathF.Abs), scale), (left, right) => left + right)];
        }

        var bound = new ErrorBound(spec.Element) { IsCutOff = TensorProductTests.AreSummedUp(variant) };
        int pixels = spec.Axes.Height.Output * spec.Axes.Width.Output;
        double largest = 0;
        for (int i = 0; i < actual.Length; ++i)
        {
            double error = Math.Abs(widen(actual[i]).Real - exact[i]);
            double allowed = variant.StartsWith("winograd", StringComparison.Ordinal)
                ? bound.OfWinograd(real, i / pixels / spec.OutputChannels, i / pixels % spec.OutputChannels, exact[i])
                : bound.Of(counts[i], magnitudes[i], exact[i]);
            Assert.IsLessThanOrEqualTo(allowed, error, $"element {i} of {variant}, {spec}");
            largest = Math.Max(largest, error);
        }

        Assert.IsGreaterThan(0, largest, "the data rounds");
    }

    private static double[] Sums(ConvTransposeCase c, double scale)
    {
        int pixels = c.Spec.Axes.Height.Output * c.Spec.Axes.Width.Output;
        return
        [
            .. ScatterOracle.Compute(c with { Bias = null })
                .Select((sum, i) => scale * sum + (c.Bias?[i / pixels % c.Spec.OutputChannels] ?? 0)),
        ];
    }

    private static ConvTransposeCase Normal(ConvTransposeSpec spec, int seed)
    {
        var random = new Random(seed);
        return Each(CaseData.Dyadic(spec, seed), _ => NormalValues.Next(random));
    }

    private static ConvTransposeCase Rounded<T>(ConvTransposeCase c, Func<Complex, T> round, Func<T, Complex> widen) =>
        Each(c, value => (float)widen(round(value)).Real);

    private static ConvTransposeCase Each(ConvTransposeCase c, Func<float, float> change) => c with
    {
        Input = [.. c.Input.Select(change)],
        Weight = [.. c.Weight.Select(change)],
        Bias = c.Bias is { } bias ? [.. bias.Select(change)] : null,
    };

    private static T[] Encode<T>(
        ImmutableArray<float> real, ImmutableArray<float> imaginary, double scale, Func<Complex, T> round) =>
        [.. real.Zip(imaginary, (re, im) => round(new(re * scale, im * scale)))];
}
