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
    /// <paramref name="variantName"/> is null, the one that does not refuse and is estimated to
    /// take the least time, the first of the table among equals.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// No variant has that name, or the one that has it refuses; the message says why.
    /// </exception>
    public static ConvTransposePlan Plan(
        ConvTransposeGeometry geometry,
        DeviceLimits device,
        string? variantName = null) =>
        Plan(null, geometry, device, variantName);

    /// <summary>Plans with the variants of a table of its own; null for all there are.</summary>
    public static ConvTransposePlan Plan(
        ImmutableArray<KernelVariant>? table,
        ConvTransposeGeometry geometry,
        DeviceLimits device,
        string? variantName)
    {
        VariantComparison comparison = Compare(table, geometry, device);
        return variantName is null ? comparison.PlanEstimated() : comparison.PlanNamed(variantName);
    }

    /// <summary>Compares the variants of a table, null for all there are, on a geometry that has outputs.</summary>
    public static VariantComparison Compare(
        ImmutableArray<KernelVariant>? table, ConvTransposeGeometry geometry, DeviceLimits device) =>
        new(geometry, Translate(geometry).WithTapsAsChannels(), device, table);

    /// <summary>Refuses the name of a variant that is not in the table; null is no name.</summary>
    /// <exception cref="ArgumentException">No variant has that name.</exception>
    public static void RequireKnown(string? variantName)
    {
        if (variantName is not null)
            _ = Find(VariantTable.All, variantName);
    }

    /// <summary>A geometry in the words of kernels.</summary>
    public static KernelProblem Translate(ConvTransposeGeometry geometry) => new()
    {
        Element = geometry.Spec.Element,
        Layout = geometry.Spec.Layout,
        Batch = geometry.Spec.Batch,
        Groups = geometry.Spec.Groups,
        InputChannels = geometry.Spec.InputChannels,
        OutputChannels = geometry.Spec.OutputChannels,
        ChannelsPerBias = geometry.Spec.HasBias ? 1 : 0,
        Height = Translate(geometry.Axes.Height),
        Width = Translate(geometry.Axes.Width),
        OutputCount = geometry.OutputCount,
    };

    /// <summary>The variant of a table that has a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists the names.</exception>
    public static KernelVariant Find(ImmutableArray<KernelVariant> table, string name)
    {
        KernelVariant? variant = table.FirstOrDefault(v => v.Name == name);
        if (variant is null)
        {
            string known = string.Join(", ", table.Select(v => v.Name));
            Refusal.Throw("variant", $"'{name}'", $"it must be one of: {known}");
        }

        return variant;
    }

    private static AxisProblem Translate(AxisGeometry axis)
    {
        var outputs = ImmutableArray.CreateBuilder<TapRange>(axis.Spec.Output);
        for (int output = 0; output < axis.Spec.Output; ++output)
            outputs.Add(axis.TapsAt(output));
        return new()
        {
            InputLength = axis.Spec.Input,
            KernelLength = axis.Spec.Kernel,
            Stride = axis.Spec.Stride,
            Crop = axis.Spec.Crop,
            TapStep = axis.Phases.TapStep,
            InputStep = axis.Phases.ShiftStep,
            Outputs = outputs.MoveToImmutable(),
        };
    }
}
