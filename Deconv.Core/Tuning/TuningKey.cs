using Deconv.Geometry;

namespace Deconv.Tuning;

/// <summary>
/// A call on an accelerator between candidates: times of other hardware, or of other candidates
/// than the planner has today, are not found by it.
/// </summary>
internal readonly record struct TuningKey(AcceleratorIdentity Accelerator, ConvTransposeSpec Call, string Candidates)
{
    /// <summary>The key for candidates in any order.</summary>
    public static TuningKey Of(
        AcceleratorIdentity accelerator, ConvTransposeSpec call, IEnumerable<string> candidates) =>
        new(accelerator, call, string.Join(',', candidates.Order(StringComparer.Ordinal)));
}
