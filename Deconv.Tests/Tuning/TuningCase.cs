using System.Collections.Immutable;
using Deconv.Geometry;
using Deconv.Tests.Support;
using Deconv.Tuning;

namespace Deconv.Tests.Tuning;

/// <summary>A question to a tuner, for tests without an engine.</summary>
internal sealed record TuningCase
{
    public AcceleratorIdentity Accelerator { get; init; } = new("cpu", "a \"fast\" processor", 2);

    public ConvTransposeSpec Call { get; init; } = Workload.SmallShape.ToSpec();

    public ImmutableArray<string> Candidates { get; init; } = ["panel", "gather", "other"];

    /// <summary>What the tuner answers; it has each candidate timed with a run that does nothing.</summary>
    public ImmutableSortedDictionary<string, double>? Ask(Autotuner tuner) =>
        tuner.TimesOf(Accelerator, Call, Candidates, (name, timer) => timer(name, () => { }));
}
