using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;

namespace Deconv.Planning;

/// <summary>How a geometry is computed on a device: which variant, launched how, and why not others.</summary>
internal sealed record ConvTransposePlan(
    ConvTransposeGeometry Geometry,
    KernelVariant Variant,
    KernelLaunch Launch,
    ImmutableArray<VariantNotTaken> Others)
{
    /// <summary>Device memory besides the operands: the tap table.</summary>
    public long WorkspaceBytes => (long)Launch.Taps.Length * Unsafe.SizeOf<TapRange>();

    /// <summary>The whole plan, for people: a line for each fact, the last one without an end.</summary>
    public string Explain()
    {
        var text = new StringBuilder();
        ConvTransposeSpec spec = Geometry.Spec;
        LaunchShape shape = Launch.Shape;
        string layout = spec.Layout == TensorLayout.ChannelsFirst ? "first" : "last";
        text.Append($"call: batch {spec.Batch}, channels {spec.InputChannels} to {spec.OutputChannels}, ")
            .Append($"groups {spec.Groups}, {(spec.HasBias ? "bias" : "no bias")}, channels {layout}\n")
            .Append($"variant: {Variant.Name}, which {Variant.Summary}\n");
        foreach (VariantNotTaken other in Others)
            text.Append($"  {other.Name} {other.Reason}\n");
        text.Append($"launch: {shape.GridSize} groups of {shape.GroupSize} work items, ")
            .Append($"{shape.ElementsPerItem} of {Geometry.OutputCount} outputs each\n")
            .Append($"workspace: {WorkspaceBytes} bytes\n");
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
