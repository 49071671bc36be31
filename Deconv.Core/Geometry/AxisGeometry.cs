using Deconv.Kernels.Problem;

namespace Deconv.Geometry;

/// <summary>One axis, validated and resolved into phases.</summary>
internal sealed class AxisGeometry
{
    public AxisGeometry(AxisSpec spec, Axis axis)
    {
        spec.Require(axis);
        Spec = spec;
        Phases = new PhaseTable(spec.Kernel, spec.Stride, spec.Dilation);
    }

    public AxisSpec Spec { get; }

    public PhaseTable Phases { get; }

    /// <summary>
    /// The taps that reach an output coordinate from inside the input, so that whoever follows
    /// the range needs no bounds check.
    /// </summary>
    public TapRange TapsAt(int output)
    {
        (long quotient, long index) = Math.DivRem((long)output + Spec.Crop, Spec.Stride);
        Phase phase = Phases[(int)index];
        long highestInput = quotient - phase.FirstShift;
        if (phase.TapCount == 0 || highestInput < 0)
            return default;

        // Tap j reads highestInput - j * step: skip the taps that read past the input's end, stop
        // before those that read ahead of its start.
        long excess = highestInput - (Spec.Input - 1);
        long skipped = excess <= 0 ? 0 : (excess + Phases.ShiftStep - 1) / Phases.ShiftStep;
        long end = Math.Min(phase.TapCount, highestInput / Phases.ShiftStep + 1);
        if (skipped >= end)
            return default;
        return new(
            firstTap: (int)(phase.FirstTap + skipped * Phases.TapStep),
            firstInput: (int)(highestInput - skipped * Phases.ShiftStep),
            count: (int)(end - skipped));
    }
}
