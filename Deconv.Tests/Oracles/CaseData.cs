using System.Collections.Immutable;
using Deconv.Geometry;

namespace Deconv.Tests.Oracles;

/// <summary>Ways to fill a case with data; each is exact in float32.</summary>
internal static class CaseData
{
    /// <summary>Every way, under its name.</summary>
    public static IReadOnlyDictionary<string, Func<ConvTransposeSpec, ConvTransposeCase>> All { get; } =
        new Dictionary<string, Func<ConvTransposeSpec, ConvTransposeCase>>
        {
            ["dyadic"] = spec => Dyadic(spec, seed: 1),
            ["one-hot input"] = OneHotInput,
            ["one-hot weight"] = OneHotWeight,
        };

    public static ConvTransposeCase Dyadic(ConvTransposeSpec spec, int seed)
    {
        var random = new Random(seed);
        return new(
            spec,
            [.. Support.Dyadic.Values(random, InputCount(spec))],
            [.. Support.Dyadic.Values(random, WeightCount(spec))],
            spec.HasBias ? [.. Support.Dyadic.Values(random, spec.OutputChannels)] : null);
    }

    /// <summary>Each output is one weight, told apart by its value, so a wrong index has a name.</summary>
    public static ConvTransposeCase OneHotInput(ConvTransposeSpec spec) => new(
        spec, OneHot(InputCount(spec)), Counting(WeightCount(spec)), CountingBias(spec));

    /// <summary>Each output is one input element, told apart by its value.</summary>
    public static ConvTransposeCase OneHotWeight(ConvTransposeSpec spec) => new(
        spec, Counting(InputCount(spec)), OneHot(WeightCount(spec)), CountingBias(spec));

    private static int InputCount(ConvTransposeSpec spec) =>
        spec.Batch * spec.InputChannels * spec.Axes.Height.Input * spec.Axes.Width.Input;

    private static int WeightCount(ConvTransposeSpec spec) =>
        spec.InputChannels * (spec.OutputChannels / spec.Groups)
        * spec.Axes.Height.Kernel * spec.Axes.Width.Kernel;

    private static ImmutableArray<float> OneHot(int count)
    {
        var values = new float[count];
        if (count > 0)
            values[count * 2 / 3] = 1;
        return [.. values];
    }

    private static ImmutableArray<float> Counting(int count) =>
        [.. Enumerable.Range(1, count).Select(value => (float)value)];

    /// <summary>Negative, so that no sum with an element of the other data is another's value.</summary>
    private static ImmutableArray<float>? CountingBias(ConvTransposeSpec spec) =>
        spec.HasBias
            ? [.. Enumerable.Range(1, spec.OutputChannels).Select(value => value / -64f)]
            : null;
}
