using System.Collections.Immutable;
using Deconv.Kernels.Problem;

namespace Deconv.Kernels.Regions;

/// <summary>Cuts an axis into runs: every output coordinate is in exactly one phase of one run.</summary>
internal static class AxisRuns
{
    public static ImmutableArray<AxisRun> Of(AxisProblem axis)
    {
        var runs = new List<AxisRun>();

        // The runs that the step before was in, as indices.
        List<int> open = [];
        long firstStep = axis.Crop / axis.Stride;
        long lastStep = ((long)axis.Crop + axis.OutputLength - 1) / axis.Stride;
        for (long step = firstStep; step <= lastStep; ++step)
        {
            List<int> current = [];
            foreach (AxisRun piece in Step(axis, step))
            {
                int index = open.FindIndex(run => runs[run].Continues(piece, axis.Stride));
                if (index < 0)
                {
                    index = runs.Count;
                    runs.Add(piece);
                }
                else
                {
                    index = open[index];
                    runs[index] = runs[index] with { Length = runs[index].Length + 1 };
                }

                current.Add(index);
            }

            open = current;
        }

        return [.. runs];
    }

    /// <summary>
    /// The outputs of one step, which are those of one canvas coordinate over the stride: together
    /// those that read the same inputs, and those without taps with the first of them.
    /// </summary>
    private static List<AxisRun> Step(AxisProblem axis, long step)
    {
        int first = (int)Math.Max(step * axis.Stride - axis.Crop, 0);
        int end = (int)Math.Min((step + 1) * axis.Stride - axis.Crop, axis.OutputLength);
        List<int> inputs = [];
        for (int output = first; output < end; ++output)
        {
            TapRange taps = axis.Outputs[output];
            if (taps.Count > 0 && !inputs.Contains(taps.FirstInput))
                inputs.Add(taps.FirstInput);
        }

        List<AxisRun> pieces = [];
        for (int i = 0; i < Math.Max(inputs.Count, 1); ++i)
        {
            var phases = ImmutableArray.CreateBuilder<RunPhase>();
            int tapCount = 0;
            for (int output = first; output < end; ++output)
            {
                TapRange taps = axis.Outputs[output];
                if (taps.Count > 0 ? taps.FirstInput != inputs[i] : i > 0)
                    continue;
                phases.Add(new(output, taps.FirstTap, taps.Count));
                tapCount = Math.Max(tapCount, taps.Count);
            }

            pieces.Add(new(1, tapCount > 0 ? inputs[i] : 0, tapCount, phases.ToImmutable()));
        }

        return pieces;
    }
}
