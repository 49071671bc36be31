using System.Text.Json.Serialization;
using Deconv.Kernels.Problem;

namespace Deconv.Geometry;

/// <summary>
/// What is asked, in no framework's words: the descriptor that every front-end translates its
/// call into, and the key under which plans are cached.
/// </summary>
internal readonly record struct ConvTransposeSpec
{
    public ElementType Element { get; init; }

    public TensorLayout Layout { get; init; }

    public required int Batch { get; init; }

    public required int InputChannels { get; init; }

    public required int OutputChannels { get; init; }

    public required int Groups { get; init; }

    public required bool HasBias { get; init; }

    public required PerAxis<AxisSpec> Axes { get; init; }

    /// <summary>Null: the engine's. A tuner's file does not hold it: it decides only between which variants.</summary>
    [JsonIgnore]
    public NumericsOptions? Numerics { get; init; }
}
