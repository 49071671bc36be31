using System.Collections.Immutable;
using System.Numerics;
using Deconv.Kernels.Problem;
using Deconv.Tests.Kernels;
using Deconv.Tests.Oracles;

namespace Deconv.Tests.Support;

/// <summary>A type of elements other than float, for tests that hold for each.</summary>
internal abstract class NumberFormat
{
    /// <summary>A factor that doubles hold and floats do not, for inputs of 64-bit numbers.</summary>
    private const double Fine = 1 + 1.0 / (1 << 24);

    public static IReadOnlyDictionary<string, NumberFormat> All { get; } = new NumberFormat[]
    {
        new NumberFormat<double>(ElementType.Float64, Fine, z => z.Real, x => x),
        new NumberFormat<Half>(ElementType.Float16, 1, z => (Half)z.Real, x => (double)x),
        new NumberFormat<BFloat16>(ElementType.BrainFloat16, 1, z => (BFloat16)z.Real, x => (double)x),
        new NumberFormat<Complex64>(ElementType.ComplexFloat32, 1, z => (Complex64)z, x => x),
        new NumberFormat<Complex>(ElementType.ComplexFloat64, Fine, z => z, x => x),
    }.ToDictionary(format => format.Element.Name());

    public static IEnumerable<string> Names => All.Keys;

    public abstract ElementType Element { get; }

    /// <summary>
    /// Rounds the parts of a case to the format, runs it and compares with the exact result, rounded once.
    /// A result that is NaN is only compared as such.
    /// </summary>
    /// <param name="engine">Where.</param>
    /// <param name="real">The real parts, channels first.</param>
    /// <param name="imaginary">The imaginary parts, of the same spec; only complex formats use them.</param>
    /// <param name="layout">The order of dimensions to run it in.</param>
    /// <param name="variant">With which variant; null for the best.</param>
    /// <param name="what">What a failure is labelled with.</param>
    /// <returns>The result's parts.</returns>
    public abstract Complex[] AssertRoundedOnce(
        Engine engine,
        ConvTransposeCase real,
        ConvTransposeCase imaginary,
        TensorLayout layout,
        string? variant,
        string what);
}

/// <param name="element">The type of elements.</param>
/// <param name="scale">A factor for inputs.</param>
/// <param name="round">The nearest element.</param>
/// <param name="widen">What an element stands for.</param>
internal sealed class NumberFormat<T>(ElementType element, double scale, Func<Complex, T> round, Func<T, Complex> widen)
    : NumberFormat
    where T : unmanaged
{
    private const double Guard = -987.25;

    private static readonly bool IsComplex = typeof(T) == typeof(Complex) || typeof(T) == typeof(Complex64);

    public override ElementType Element => element;

    public override Complex[] AssertRoundedOnce(
        Engine engine,
        ConvTransposeCase real,
        ConvTransposeCase imaginary,
        TensorLayout layout,
        string? variant,
        string what)
    {
        (real, imaginary) = (Quantized(real), Quantized(imaginary));
        T[] expected = [.. Expected(real, imaginary).Select(round)];
        if (layout == TensorLayout.ChannelsLast)
        {
            expected = ChannelsLast.OutputOf(real, expected);
            (real, imaginary) = (ChannelsLast.Of(real), ChannelsLast.Of(imaginary));
        }

        T[] actual = GuardedRun.Run(
            engine,
            real.Spec,
            Encode(real.Input, imaginary.Input, scale),
            Encode(real.Weight, imaginary.Weight, 1),
            real.Bias is { } bias ? Encode(bias, imaginary.Bias!.Value, 1) : null,
            round(new Complex(double.NaN, double.NaN)),
            round(Guard),
            variant,
            what);

        BitAssert.AreEqual(Parts(expected), Parts(actual), what);
        return [.. actual.Select(widen)];
    }

    private ConvTransposeCase Quantized(ConvTransposeCase c) => c with
    {
        Input = Quantized(c.Input),
        Weight = Quantized(c.Weight),
        Bias = c.Bias is { } bias ? Quantized(bias) : null,
    };

    private ImmutableArray<float> Quantized(ImmutableArray<float> values) =>
        [.. values.Select(value => (float)widen(round(value)).Real)];

    /// <summary>By the definition of a product, from sums of real numbers.</summary>
    private IEnumerable<Complex> Expected(ConvTransposeCase real, ConvTransposeCase imaginary)
    {
        double[] both = Sums(real, real);
        double[]? neither = IsComplex ? Sums(imaginary, imaginary) : null;
        double[]? inner = IsComplex ? Sums(imaginary, real) : null;
        double[]? outer = IsComplex ? Sums(real, imaginary) : null;
        int pixels = real.Spec.Axes.Height.Output * real.Spec.Axes.Width.Output;
        for (int i = 0; i < both.Length; ++i)
        {
            int channel = i / pixels % real.Spec.OutputChannels;
            double re = both[i] - (neither?[i] ?? 0);
            double im = (inner?[i] ?? 0) + (outer?[i] ?? 0);
            yield return new(
                re * scale + (real.Bias?[channel] ?? 0), im * scale + (imaginary.Bias?[channel] ?? 0));
        }
    }

    private static double[] Sums(ConvTransposeCase input, ConvTransposeCase weight) =>
        ScatterOracle.Compute(input with { Weight = weight.Weight, Bias = null });

    private T[] Encode(ImmutableArray<float> real, ImmutableArray<float> imaginary, double factor) =>
        [.. real.Zip(imaginary, (re, im) => round(new(re * factor, im * factor)))];

    private double[] Parts(T[] values) =>
        [.. values.Select(widen).SelectMany(z => new[] { OneNaN(z.Real), OneNaN(z.Imaginary) })];

    private static double OneNaN(double value) => double.IsNaN(value) ? double.NaN : value;
}
