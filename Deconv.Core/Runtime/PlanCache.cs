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

    private readonly Dictionary<(ConvTransposeSpec Spec, string? Variant), LoadedPlan> plans = [];

    public ImmutableArray<ConvTransposePlan> Plans => [.. plans.Values.Select(loaded => loaded.Plan)];

    public LoadedPlan Get(ConvTransposeGeometry geometry, string? variant)
    {
        (ConvTransposeSpec, string?) key = (geometry.Spec, variant);
        if (!plans.TryGetValue(key, out LoadedPlan? loaded))
        {
            ConvTransposePlan plan = Planner.Plan(geometry, device, variant);
            if (plans.Count == Capacity)
                Clear();
            loaded = new LoadedPlan(accelerator, stream, plan);
            plans.Add(key, loaded);
        }

        return loaded;
    }

    public void Dispose() => Clear();

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
