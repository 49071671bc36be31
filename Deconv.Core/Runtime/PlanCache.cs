using System.Collections.Immutable;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Planning;
using ILGPU.Runtime;

namespace Deconv.Runtime;

/// <summary>
/// The plans of one engine, made at first use and kept. Not thread-safe: the engine's lock guards it.
/// </summary>
internal sealed class PlanCache(Accelerator accelerator, AcceleratorStream stream, DeviceLimits device)
    : IDisposable
{
    /// <summary>
    /// Inputs of ever new sizes must not fill the device; past this many shapes, starting over
    /// costs less than keeping count of their use.
    /// </summary>
    private const int Capacity = 256;

    private readonly LauncherCache launchers = new(accelerator);
    private readonly StreamMemory memory = new(stream);
    private readonly Dictionary<(ConvTransposeSpec Spec, string? Variant), LoadedPlan> plans = [];

    public ImmutableArray<ConvTransposePlan> Plans => [.. plans.Values.Select(loaded => loaded.Plan)];

    /// <summary>The plan kept for a descriptor and a variant's name, or none; null if there is none.</summary>
    public LoadedPlan? Find(in ConvTransposeSpec spec, string? variant) =>
        plans.GetValueOrDefault((spec, variant));

    /// <summary>The plan of a geometry that has outputs, made if it is not kept.</summary>
    public LoadedPlan Get(ConvTransposeGeometry geometry, string? variant)
    {
        if (Find(geometry.Spec, variant) is LoadedPlan kept)
            return kept;

        ConvTransposePlan plan = Planner.Plan(geometry, device, variant);
        LoadedVariant kernels = launchers.Get(plan.Variant);
        if (plans.Count == Capacity)
            Clear();
        var loaded = new LoadedPlan(memory, plan, kernels);
        plans.Add((geometry.Spec, variant), loaded);
        return loaded;
    }

    public void Dispose()
    {
        Clear();
        memory.Dispose();
    }

    private void Clear()
    {
        // Launches still under way may read the tables. A stream that its owner disposed cannot be
        // waited for; drivers keep memory alive until the commands queued on it have run.
        if (!stream.IsDisposed)
            stream.Synchronize();
        foreach (LoadedPlan plan in plans.Values)
            plan.Dispose();
        plans.Clear();
    }
}
