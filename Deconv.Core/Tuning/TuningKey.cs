using Deconv.Geometry;

namespace Deconv.Tuning;

/// <summary>
/// A call on an accelerator between candidates: times of other hardware, or of other candidates
/// than the planner has today, are not found by it.
/// </summary>
internal readonly record struct TuningKey(AcceleratorIdentity Accelerator, ConvTransposeSpec Call, string Candidates)
{
    /// <summary>
    /// The key for candidates in any order. What a call allows counts by the candidates that it leaves.
    /// </summary>
    public static TuningKey Of(
        AcceleratorIdentity accelerator, ConvTransposeSpec call, IEnumerable<string> candidates) =>
        new(accelerator, call with { Numerics = null }, string.Join(',', candidates.Order(StringComparer.Ordinal)));
}
