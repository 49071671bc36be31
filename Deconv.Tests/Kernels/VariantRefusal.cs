using System.Text.RegularExpressions;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Planning;
using Deconv.Runtime;

namespace Deconv.Tests.Kernels;

/// <summary>What the planner says where a variant cannot compute a call on an engine's device.</summary>
internal static partial class VariantRefusal
{
    /// <summary>The planner's words, which must hold a reason; null where the variant accepts.</summary>
    public static string? Of(Engine engine, ConvTransposeSpec spec, string variant)
    {
        try
        {
            DeviceLimits device = DeviceDescription.LimitsOf(engine.Accelerator);
            ConvTransposePlan plan = Planner.Plan(new ConvTransposeGeometry(spec), device, variant);
            Assert.AreEqual(variant, plan.Variant.Name);
            return null;
        }
        catch (ArgumentException exception)
        {
            Assert.MatchesRegex(Pattern(), exception.Message);
            return exception.Message;
        }
    }

    /// <summary>Ends the test as skipped where the variant refuses.</summary>
    public static void SkipIfRefused(Engine engine, ConvTransposeSpec spec, string variant)
    {
        if (Of(engine, spec, variant) is string refusal)
            Assert.Inconclusive(refusal);
    }

    /// <summary>Runs what the variant accepts; ends the test as skipped where it refuses all.</summary>
    public static void RunAccepted(
        Engine engine, ConvTransposeSpec[] specs, string variant, Action<ConvTransposeSpec> run)
    {
        string?[] refusals = [.. specs.Select(spec => Of(engine, spec, variant))];
        if (Array.TrueForAll(refusals, refusal => refusal is not null))
            Assert.Inconclusive(refusals[0]!);
        foreach ((ConvTransposeSpec spec, string? refusal) in specs.Zip(refusals))
        {
            if (refusal is null)
                run(spec);
        }
    }

    [GeneratedRegex(@"it refuses this call: \S")]
    private static partial Regex Pattern();
}
