using System.Collections.Immutable;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Variants;

namespace Deconv.Planning;

/// <summary>Chooses the variant of a geometry on a device.</summary>
internal static class Planner
{
    /// <summary>
    /// Plans a geometry that has outputs, with the variant named or, where
    /// <paramref name="variantName"/> is null, the first of the table that does not refuse.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// No variant has that name, or the one that has it refuses; the message says why.
    /// </exception>
    public static ConvTransposePlan Plan(
        ConvTransposeGeometry geometry,
        DeviceLimits device,
        string? variantName = null)
    {
        KernelProblem problem = Translate(geometry);
        KernelVariant variant = variantName is null
            ? VariantTable.All.First(v => v.Refuse(problem, device) is null)
            : Named(variantName, problem, device);
        return new(geometry, variant, variant.Prepare(problem, device));
    }

    private static KernelVariant Named(string name, KernelProblem problem, DeviceLimits device)
    {
        KernelVariant? variant = VariantTable.All.FirstOrDefault(v => v.Name == name);
        if (variant is null)
        {
            string known = string.Join(", ", VariantTable.All.Select(v => v.Name));
            Refusal.Throw("variant", $"'{name}'", $"it must be one of: {known}");
        }

        if (variant.Refuse(problem, device) is string reason)
            Refusal.Throw("variant", $"'{name}'", $"it refuses this call: {reason}");
        return variant;
    }

    private static KernelProblem Translate(ConvTransposeGeometry geometry) => new()
    {
        Layout = geometry.Spec.Layout,
        Batch = geometry.Spec.Batch,
        Groups = geometry.Spec.Groups,
        InputChannels = geometry.Spec.InputChannels,
        OutputChannels = geometry.Spec.OutputChannels,
        HasBias = geometry.Spec.HasBias,
        Height = Translate(geometry.Axes.Height),
        Width = Translate(geometry.Axes.Width),
        OutputCount = geometry.OutputCount,
    };

    private static AxisProblem Translate(AxisGeometry axis)
    {
        var outputs = ImmutableArray.CreateBuilder<TapRange>(axis.Spec.Output);
        for (int output = 0; output < axis.Spec.Output; ++output)
            outputs.Add(axis.TapsAt(output));
        return new()
        {
            InputLength = axis.Spec.Input,
            KernelLength = axis.Spec.Kernel,
            TapStep = axis.Phases.TapStep,
            InputStep = axis.Phases.ShiftStep,
            Outputs = outputs.MoveToImmutable(),
        };
    }
}
