using System.Collections.Immutable;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Planning;
using Deconv.Runtime;

namespace Deconv;

/// <content>Calls: planned once per shape, then launched.</content>
public sealed partial class Engine
{
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
    /// Enqueues one transposed convolution that has outputs, with the variant named or, where
    /// there is no name, the engine's.
    /// </summary>
    internal void Launch(ConvTransposeGeometry geometry, in KernelOperands operands, string? variant)
    {
        using Lock.Scope scope = Enter();
        LoadedPlan loaded = plans.Get(geometry, variant ?? Variant);
        KernelLauncher launch = launchers.Get(loaded.Plan.Variant);
        launch(Stream, loaded.Plan.Launch, loaded.Taps, operands);
    }
}
