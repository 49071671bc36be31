using System.Collections.Immutable;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;

namespace Deconv.Planning;

/// <summary>What speaks for and against each variant of a table on one geometry and device.</summary>
internal sealed record VariantComparison(
    ConvTransposeGeometry Geometry,
    KernelProblem Problem,
    DeviceLimits Device,
    ImmutableArray<VariantChoice> Choices)
{
    /// <summary>Estimates are rough, but not so rough that more would be worth a measurement.</summary>
    private const int MaxCandidates = 3;

    /// <summary>
    /// The variants worth measuring: those estimated to take the least time, the shortest first,
    /// in the order of the table among equals.
    /// </summary>
    public ImmutableArray<KernelVariant> Candidates =>
    [
        .. Choices.Where(c => c.IsOffered)
            .OrderBy(c => c.Nanoseconds)
            .Take(MaxCandidates)
            .Select(c => c.Variant),
    ];

    /// <summary>The plan with the variant that is estimated to take the least time.</summary>
    /// <exception cref="ArgumentException">All variants refuse; the message has the last one's reason.</exception>
    public ConvTransposePlan PlanEstimated()
    {
        VariantChoice? best = Choices.Where(c => c.IsOffered).MinBy(c => c.Nanoseconds);
        if (best is null)
            Refusal.Throw("input", Problem.Element.Name(), $"no variant computes this call: {Choices[^1].Refusal}");
        return PlanWith(best.Variant);
    }

    /// <summary>
    /// The plan with the variant that takes the least time of those measured, one at least.
    /// </summary>
    /// <param name="nanoseconds">What candidates take, by name.</param>
    public ConvTransposePlan PlanMeasured(IReadOnlyDictionary<string, double> nanoseconds)
    {
        ImmutableArray<VariantChoice> choices =
        [
            .. Choices.Select(c => nanoseconds.TryGetValue(c.Variant.Name, out double measured)
                ? c with { MeasuredNanoseconds = measured }
                : c),
        ];
        VariantChoice fastest = choices.MinBy(c => c.MeasuredNanoseconds ?? double.PositiveInfinity)!;
        return (this with { Choices = choices }).PlanWith(fastest.Variant);
    }

    /// <summary>The plan with a variant that does not refuse.</summary>
    public ConvTransposePlan PlanWith(KernelVariant variant) => new(
        Geometry,
        variant,
        variant.Prepare(Problem, Device),
        variant.PreparePacking(Problem.Weight, Device),
        Choices);

    /// <summary>The plan with the variant of a name.</summary>
    /// <exception cref="ArgumentException">There is none, or it refuses; the message says why.</exception>
    public ConvTransposePlan PlanNamed(string name)
    {
        KernelVariant variant = Planner.Find([.. Choices.Select(c => c.Variant)], name);
        if (Choices.First(c => c.Variant == variant).Refusal is string reason)
            Refusal.Throw("variant", $"'{name}'", $"it refuses this call: {reason}");
        return PlanWith(variant);
    }
}
