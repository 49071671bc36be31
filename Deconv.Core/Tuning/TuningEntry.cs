using System.Collections.Immutable;
using Deconv.Geometry;

namespace Deconv.Tuning;

/// <summary>What was measured for one call on one accelerator; a line of a tuner's file.</summary>
internal sealed record TuningEntry(AcceleratorIdentity Accelerator, ConvTransposeSpec Call)
{
    /// <summary>The least time of each candidate, by the name of its variant.</summary>
    public required ImmutableSortedDictionary<string, double> Nanoseconds
    {
        get;
        init => field = value.WithComparers(StringComparer.Ordinal);
    }

    /// <summary>What the times are looked up by.</summary>
    public TuningKey Key => TuningKey.Of(Accelerator, Call, Nanoseconds.Keys);
}
