using System.Collections.Immutable;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Variants;

namespace Deconv.Planning;

/// <summary>What speaks for and against each variant of a table on one geometry and device.</summary>
/// <param name="Geometry">The geometry.</param>
/// <param name="Problem">The same for kernels.</param>
/// <param name="Device">The device.</param>
/// <param name="Table">The variants; null for all there are.</param>
internal sealed record VariantComparison(
    ConvTransposeGeometry Geometry,
    KernelProblem Problem,
    DeviceLimits Device,
    ImmutableArray<KernelVariant>? Table)
{
    /// <summary>Estimates are rough, but not so rough that more would be worth a measurement.</summary>
    private const int MaxCandidates = 3;

    /// <summary>What variants were measured to take, by name; null where none was.</summary>
    private IReadOnlyDictionary<string, double>? Measured { get; init; }

    /// <summary>What speaks for and against each, worked out anew: for people, and for those who measure.</summary>
    public ImmutableArray<VariantChoice> Choices => [.. Variants.Select(ChoiceOf)];

    private ImmutableArray<KernelVariant> Variants => Table ?? VariantTable.All;

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
        VariantChoice? best = null;
        VariantChoice? last = null;
        foreach (KernelVariant variant in Table ?? VariantTable.For(Device.Kind))
        {
            last = ChoiceOf(variant);
            if (last.IsOffered && (best is null || last.Nanoseconds < best.Nanoseconds))
                best = last;
        }

        if (best is null)
            Refusal.Throw("input", Problem.Element.Name(), $"no variant computes this call: {last?.Refusal}");
        return PlanWith(best.Variant);
    }

    /// <summary>
    /// The plan with the variant that takes the least time of those measured, one at least.
    /// </summary>
    /// <param name="nanoseconds">What candidates take, by name.</param>
    public ConvTransposePlan PlanMeasured(IReadOnlyDictionary<string, double> nanoseconds)
    {
        KernelVariant fastest = Variants.MinBy(v => nanoseconds.GetValueOrDefault(v.Name, double.PositiveInfinity))!;
        return (this with { Measured = nanoseconds }).PlanWith(fastest);
    }

    /// <summary>The plan with a variant that does not refuse.</summary>
    public ConvTransposePlan PlanWith(KernelVariant variant) => new(
        this,
        variant,
        variant.Prepare(Problem, Device),
        variant.PreparePacking(Problem.Weight, Device));

    /// <summary>The plan with the variant of a name.</summary>
    /// <exception cref="ArgumentException">There is none, or it refuses; the message says why.</exception>
    public ConvTransposePlan PlanNamed(string name)
    {
        KernelVariant variant = Planner.Find(Variants, name);
        if (ChoiceOf(variant).Refusal is string reason)
            Refusal.Throw("variant", $"'{name}'", $"it refuses this call: {reason}");
        return PlanWith(variant);
    }

    private VariantChoice ChoiceOf(KernelVariant variant)
    {
        VariantChoice choice = VariantChoice.Of(variant, Problem, Device, Geometry.Spec.Numerics.GetValueOrDefault());
        return Measured is not null && Measured.TryGetValue(variant.Name, out double measured)
            ? choice with { MeasuredNanoseconds = measured }
            : choice;
    }
}
