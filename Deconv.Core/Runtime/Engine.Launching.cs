using System.Collections.Immutable;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Planning;
using Deconv.Runtime;
using ILGPU;

namespace Deconv;

/// <content>Calls: planned once per shape, then launched.</content>
public sealed partial class Engine
{
    private ConvTransposePlan? lastPlan;

    /// <summary>
    /// What the last call that was enqueued, by any thread, does with numbers; null before the first.
    /// A call without outputs is none.
    /// </summary>
    public CallReport? LastCall => Volatile.Read(ref lastPlan)?.Report;

    /// <summary>The plans made so far and still kept.</summary>
    internal ImmutableArray<ConvTransposePlan> Plans
    {
        get
        {
            using Lock.Scope scope = Enter();
            return plans.Plans;
        }
    }

    /// <summary>
    /// The geometry of a descriptor: that of the plan kept for it or, before there is one and for
    /// an empty batch, which has none, resolved anew.
    /// </summary>
    /// <exception cref="ArgumentException">The descriptor cannot be computed.</exception>
    internal ConvTransposeGeometry Resolve(in ConvTransposeSpec spec, string? variant)
    {
        lock (gate)
        {
            if (plans.Find(spec, variant ?? Variant) is LoadedPlan loaded)
                return loaded.Plan.Geometry;
        }

        return new ConvTransposeGeometry(spec);
    }

    /// <summary>
    /// Enqueues one transposed convolution that has outputs, with the variant named or, where
    /// there is no name, the engine's.
    /// </summary>
    internal void Launch(
        ConvTransposeGeometry geometry, in KernelOperands operands, PackedWeights? packed, string? variant)
    {
        using Lock.Scope scope = Enter();
        string? name = variant ?? Variant;
        LoadedPlan loaded = plans.Find(geometry.Spec, name) ?? plans.Add(Plan(geometry, name, operands), name);
        loaded.Enqueue(operands, packed);
        lastPlan = loaded.Plan;
    }

    /// <summary>Enqueues the packing alone of a weight, for a geometry that has a plan, which packs; to be timed.</summary>
    internal void Pack(ConvTransposeGeometry geometry, ArrayView<byte> weight, ArrayView<byte> packed)
    {
        using Lock.Scope scope = Enter();
        plans.Find(geometry.Spec, Variant)!.Pack(weight, packed);
    }

    private ConvTransposePlan Plan(ConvTransposeGeometry geometry, string? name, in KernelOperands operands) =>
        Tuner is not null && name is null && geometry.Spec.Numerics is not { Deterministic: true }
            ? PlanMeasured(Tuner, geometry, operands)
            : Planner.Plan(geometry, limits, name);
}
