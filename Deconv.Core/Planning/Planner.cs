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
        Plan(VariantTable.All, geometry, device, variantName);

    /// <summary>Plans with the variants of a table of its own.</summary>
    public static ConvTransposePlan Plan(
        ImmutableArray<KernelVariant> table,
        ConvTransposeGeometry geometry,
        DeviceLimits device,
        string? variantName)
    {
        KernelProblem problem = Translate(geometry);
        ImmutableArray<VariantChoice> choices = [.. table.Select(v => VariantChoice.Of(v, problem, device))];
        VariantChoice chosen = variantName is null
            ? choices.Where(c => c.Refusal is null).MinBy(c => c.Nanoseconds)!
            : Named(choices, variantName);
        return new(
            geometry,
            chosen.Variant,
            chosen.Variant.Prepare(problem, device),
            chosen.Variant.PreparePacking(problem.Weight, device),
            choices);
    }

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

    private static VariantChoice Named(ImmutableArray<VariantChoice> choices, string name)
    {
        KernelVariant variant = Find([.. choices.Select(c => c.Variant)], name);
        VariantChoice choice = choices.First(c => c.Variant == variant);
        if (choice.Refusal is string reason)
            Refusal.Throw("variant", $"'{name}'", $"it refuses this call: {reason}");
        return choice;
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
