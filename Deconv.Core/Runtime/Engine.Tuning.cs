using System.Collections.Immutable;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Planning;
using Deconv.Runtime;
using Deconv.Tuning;

namespace Deconv;

/// <content>Tuning: candidates are run on a call's own operands, so that the fastest is known.</content>
public sealed partial class Engine
{
    /// <summary>Plans with the fastest variant; the call's output is overwritten to find it.</summary>
    private ConvTransposePlan PlanMeasured(
        Autotuner tuner, ConvTransposeGeometry geometry, KernelOperands operands)
    {
        VariantComparison comparison = Planner.Compare(null, geometry, limits);
        ImmutableArray<KernelVariant> candidates = comparison.Candidates;
        if (candidates.Length <= 1)
            return comparison.PlanEstimated();

        var times = tuner.TimesOf(
            DeviceDescription.IdentityOf(Accelerator),
            geometry.Spec,
            [.. candidates.Select(v => v.Name)],
            (name, timer) => Time(timer, comparison.PlanWith(Planner.Find(candidates, name)), operands));
        return times is null ? comparison.PlanEstimated() : comparison.PlanMeasured(times);
    }

    private double Time(VariantTimer timer, ConvTransposePlan plan, KernelOperands operands)
    {
        using var packed = new PackedWeights(this);
        using LoadedPlan loaded = plans.Load(plan);
        return timer(plan.Variant.Name, () =>
        {
            loaded.Enqueue(operands, packed);
            Stream.Synchronize();
        });
    }
}
