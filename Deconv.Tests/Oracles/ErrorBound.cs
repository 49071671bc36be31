using Deconv.Kernels.Problem;

namespace Deconv.Tests.Oracles;

/// <summary>
/// How far a result may be from the exact one, as the README says: with u for half a step of the type
/// that sums are made in, relative to 1, and n for the roundings that a product may go through,
/// n * u / (1 - n * u) times the sum of the products' magnitudes; and half a step of the elements.
/// </summary>
/// <param name="Element">The type of elements.</param>
internal readonly record struct ErrorBound(ElementType Element)
{
    /// <summary>How much transforms of two and three taps may add up on both axes.</summary>
    private const double WinogradGrowth = 16;

    /// <summary>Roundings by the transforms of inputs, weights and sums on both axes, and of a product.</summary>
    private const int WinogradRoundings = 16;

    /// <summary>Whether tensor cores sum up, which cut bits off where others round.</summary>
    public bool IsCutOff { get; init; }

    private double SumUnit => Math.ScaleB(
        1, Element is ElementType.Float64 or ElementType.ComplexFloat64 ? -53 : IsCutOff ? -21 : -24);

    /// <summary>Half a step of the elements, relative to 1; and the least one.</summary>
    private (double Unit, double Step) Storage => Element switch
    {
        ElementType.Float16 => (Math.ScaleB(1, -11), Math.ScaleB(1, -24)),
        ElementType.BrainFloat16 => (Math.ScaleB(1, -8), Math.ScaleB(1, -133)),
        _ => (0, 0),
    };

    /// <summary>The bound of one sum.</summary>
    /// <param name="products">How many products it has.</param>
    /// <param name="magnitude">The sum of their magnitudes, and the bias's.</param>
    /// <param name="exact">The exact sum, but for the oracle's own error.</param>
    public double Of(double products, double magnitude, double exact) =>
        Stored(Gamma(products + 1, SumUnit) * magnitude, exact) + Gamma(products + 1, Math.ScaleB(1, -53)) * magnitude;

    /// <summary>The bound of one sum of transformed products.</summary>
    /// <param name="c">The case.</param>
    /// <param name="sample">The sample of the sum.</param>
    /// <param name="channel">The output channel of the sum.</param>
    /// <param name="exact">The exact sum.</param>
    public double OfWinograd(ConvTransposeCase c, int sample, int channel, double exact)
    {
        int group = channel / c.GroupOutputChannels;
        int pixels = c.Spec.Axes.Height.Input * c.Spec.Axes.Width.Input;
        int taps = c.Spec.Axes.Height.Kernel * c.Spec.Axes.Width.Kernel;
        double magnitude = Math.Abs(c.Bias?[channel] ?? 0);
        for (int ci = group * c.GroupInputChannels; ci < (group + 1) * c.GroupInputChannels; ++ci)
        {
            ReadOnlySpan<float> inputs = c.Input.AsSpan((sample * c.Spec.InputChannels + ci) * pixels, pixels);
            ReadOnlySpan<float> weights = c.Weight.AsSpan(
                (ci * c.GroupOutputChannels + channel % c.GroupOutputChannels) * taps, taps);
            double largest = 0;
            foreach (float x in inputs)
                largest = Math.Max(largest, Math.Abs(x));
            foreach (float w in weights)
                magnitude += WinogradGrowth * largest * Math.Abs(w);
        }

        return Stored(Gamma(c.GroupInputChannels + WinogradRoundings, SumUnit) * magnitude, exact);
    }

    private double Stored(double sumError, double exact)
    {
        (double unit, double step) = Storage;
        return sumError + unit * (Math.Abs(exact) + sumError) + step / 2;
    }

    private static double Gamma(double roundings, double unit) => roundings * unit / (1 - roundings * unit);
}
