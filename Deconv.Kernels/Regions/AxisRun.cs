using System.Collections.Immutable;

namespace Deconv.Kernels.Regions;

/// <summary>
/// Consecutive steps along one axis, <see cref="Length"/> of them, at which the same taps reach the
/// same phases from inside the input. Step i reads the inputs <see cref="FirstInput"/> + i - j * input
/// step, for the tap numbers j below <see cref="Taps"/>, and serves output FirstOutput + i * stride of
/// each of its phases. So within a run nothing depends on the position, and no tap needs a bounds check.
/// </summary>
internal sealed record AxisRun(int Length, int FirstInput, int Taps, ImmutableArray<RunPhase> Phases)
{
    /// <summary>Whether the run goes on with a step of one more than the last.</summary>
    public bool Continues(AxisRun step, int stride)
    {
        if (step.Taps != Taps || step.Phases.Length != Phases.Length)
            return false;
        if (Taps > 0 && step.FirstInput != FirstInput + Length)
            return false;
        for (int i = 0; i < Phases.Length; ++i)
        {
            RunPhase expected = Phases[i] with { FirstOutput = Phases[i].FirstOutput + Length * stride };
            if (step.Phases[i] != expected)
                return false;
        }

        return true;
    }
}

/// <summary>
/// One phase of a run: its output at the run's first step, and its taps, which start at
/// <see cref="FirstTap"/> and read the first <see cref="TapCount"/> of the run's inputs. A phase
/// without taps holds only the bias.
/// </summary>
internal readonly record struct RunPhase(int FirstOutput, int FirstTap, int TapCount);
