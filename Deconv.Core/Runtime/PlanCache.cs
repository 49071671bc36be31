using System.Collections.Immutable;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Planning;
using ILGPU.Runtime;

namespace Deconv.Runtime;

/// <summary>
/// The plans of one engine, loaded at first use and kept. Not thread-safe: the engine's lock guards it.
/// </summary>
internal sealed class PlanCache(Accelerator accelerator, AcceleratorStream stream) : IDisposable
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

    /// <summary>Loads a plan and keeps it for its descriptor and a variant's name, or none.</summary>
    public LoadedPlan Add(ConvTransposePlan plan, string? variant)
    {
        if (plans.Count == Capacity)
            Clear();
        LoadedPlan loaded = Load(plan);
        plans.Add((plan.Geometry.Spec, variant), loaded);
        return loaded;
    }

    /// <summary>Loads a plan that its caller keeps and disposes.</summary>
    public LoadedPlan Load(ConvTransposePlan plan) => new(memory, plan, launchers.Get(plan.Variant, plan.Geometry.Spec.Element));

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
