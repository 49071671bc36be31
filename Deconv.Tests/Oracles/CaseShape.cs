using Deconv.Geometry;

namespace Deconv.Tests.Oracles;

/// <summary>
/// The parameters of a test case; each case states only those that matter to it.
/// </summary>
internal sealed record CaseShape
{
    public int Batch { get; init; } = 1;

    public int Groups { get; init; } = 1;

    public int GroupInputChannels { get; init; } = 1;

    public int GroupOutputChannels { get; init; } = 1;

    public bool HasBias { get; init; }

    public PerAxis<int> Input { get; init; } = 1;

    public PerAxis<int> Kernel { get; init; } = 1;

    public PerAxis<int> Stride { get; init; } = 1;

    public PerAxis<int> Dilation { get; init; } = 1;

    public PerAxis<int> Crop { get; init; } = 0;

    /// <summary>Null: what the crop leaves of the natural canvas.</summary>
    public PerAxis<int>? Output { get; init; }

    /// <summary>Derived from the data, so that no name can tell another story than its case.</summary>
    public string Name
    {
        get
        {
            PerAxis<int> output = PerAxis.From(axis => Resolve(axis).Output);
            return $"n{Batch} g{Groups} ci{GroupInputChannels} co{GroupOutputChannels} i{Pair(Input)} "
                + $"k{Pair(Kernel)} s{Pair(Stride)} d{Pair(Dilation)} c{Pair(Crop)} o{Pair(output)}"
                + (HasBias ? " bias" : "");
        }
    }

    public ConvTransposeSpec ToSpec() => new()
    {
        Batch = Batch,
        InputChannels = Groups * GroupInputChannels,
        OutputChannels = Groups * GroupOutputChannels,
        Groups = Groups,
        HasBias = HasBias,
        Axes = PerAxis.From(Resolve),
    };

    private AxisSpec Resolve(Axis axis)
    {
        var natural = new AxisSpec
        {
            Input = Input[axis],
            Kernel = Kernel[axis],
            Stride = Stride[axis],
            Dilation = Dilation[axis],
            Crop = Crop[axis],
            Output = 0,
        };
        return natural with
        {
            Output = Output is { } output ? output[axis] : (int)natural.NaturalLength - natural.Crop,
        };
    }

    private static string Pair(PerAxis<int> pair) => $"{pair.Height}x{pair.Width}";
}
