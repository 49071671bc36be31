using System.Text;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;

namespace Deconv.Planning;

/// <summary>How a geometry is computed on a device: which variant, launched how, and why not others.</summary>
internal sealed record ConvTransposePlan(
    VariantComparison Comparison,
    KernelVariant Variant,
    KernelLaunch Launch,
    WeightPacking? Packing)
{
    public ConvTransposeGeometry Geometry => Comparison.Geometry;

    /// <summary>Device memory besides the operands and the packed weight: tables and scratch.</summary>
    public long WorkspaceBytes => sizeof(int) * (long)Launch.Table.Values.Length + Launch.ScratchBytes;

    /// <summary>What the plan does with numbers.</summary>
    public CallReport Report => new(
        Variant.Name,
        Geometry.Spec.Element.Name(),
        Geometry.Spec.Element.SumName(),
        Variant.UsesTensorFloat32,
        Variant.IsDeterministic);

    /// <summary>The whole plan, for people: a line for each fact, the last one without an end.</summary>
    public string Explain()
    {
        var text = new StringBuilder();
        ConvTransposeSpec spec = Geometry.Spec;
        string layout = spec.Layout == TensorLayout.ChannelsFirst ? "first" : "last";
        text.Append($"call: batch {spec.Batch}, channels {spec.InputChannels} to {spec.OutputChannels}, ")
            .Append($"groups {spec.Groups}, {(spec.HasBias ? "bias" : "no bias")}, channels {layout}, {spec.Element.Name()}\n")
            .Append($"variant: {Variant.Name}, which {Variant.Summary}\n");
        foreach (VariantChoice choice in Comparison.Choices)
            text.Append($"  {choice}\n");

        text.Append($"launch: {Launch.GridSize} groups of {Launch.GroupSize} work items, {Launch.Work} each\n")
            .Append($"workspace: {WorkspaceBytes} bytes\n");
        if (Packing is WeightPacking packing)
            text.Append($"packed weight: {packing.ByteLength} bytes\n");
        Explain(text, Axis.Height);
        Explain(text, Axis.Width);
        return text.ToString().TrimEnd('\n');
    }

    private void Explain(StringBuilder text, Axis name)
    {
        AxisSpec spec = Geometry.Axes[name].Spec;
        PhaseTable phases = Geometry.Axes[name].Phases;
        text.Append($"{name.Name()}: input {spec.Input}, kernel {spec.Kernel}, stride {spec.Stride}, ")
            .Append($"dilation {spec.Dilation}, window {spec.Crop} to {spec.Crop + (long)spec.Output - 1} ")
            .Append($"of a canvas of {spec.NaturalLength}\n");
        int empty = phases.Count;
        foreach (Phase phase in phases.WithTaps)
        {
            --empty;
            string taps = string.Join(
                ", ",
                Enumerable.Range(0, phase.TapCount).Select(tap => phase.FirstTap + tap * phases.TapStep));
            text.Append($"  phase {phase.Index}: {(phase.TapCount == 1 ? "tap" : "taps")} {taps}\n");
        }

        if (empty > 0)
            text.Append($"  phases without taps, which hold only the bias: {empty}\n");
    }
}
