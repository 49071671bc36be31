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
        string? variantName = null) =>
        Plan(VariantTable.All, geometry, device, variantName);

    /// <summary>Plans with the variants of a table of its own, best first.</summary>
    public static ConvTransposePlan Plan(
        ImmutableArray<KernelVariant> table,
        ConvTransposeGeometry geometry,
        DeviceLimits device,
        string? variantName)
    {
        KernelProblem problem = Translate(geometry);
        KernelVariant variant = variantName is null
            ? table.First(v => v.Refuse(problem, device) is null)
            : Named(table, variantName, problem, device);
        string passedOver = variantName is null ? $"{variant} comes first" : $"{variant} was asked for";
        return new(
            geometry,
            variant,
            variant.Prepare(problem, device),
            [
                .. from other in table
                   where other != variant
                   let reason = other.Refuse(problem, device)
                   select new VariantNotTaken(
                       other.Name, reason is null ? $"not taken: {passedOver}" : $"refuses: {reason}"),
            ]);
    }

    /// <summary>Refuses the name of a variant that is not in the table; null is no name.</summary>
    /// <exception cref="ArgumentException">No variant has that name.</exception>
    public static void RequireKnown(string? variantName)
    {
        if (variantName is not null)
            _ = Find(VariantTable.All, variantName);
    }

    private static KernelVariant Named(
        ImmutableArray<KernelVariant> table, string name, KernelProblem problem, DeviceLimits device)
    {
        KernelVariant variant = Find(table, name);
        if (variant.Refuse(problem, device) is string reason)
            Refusal.Throw("variant", $"'{name}'", $"it refuses this call: {reason}");
        return variant;
    }

    private static KernelVariant Find(ImmutableArray<KernelVariant> table, string name)
    {
        KernelVariant? variant = table.FirstOrDefault(v => v.Name == name);
        if (variant is null)
        {
            string known = string.Join(", ", table.Select(v => v.Name));
            Refusal.Throw("variant", $"'{name}'", $"it must be one of: {known}");
        }

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
