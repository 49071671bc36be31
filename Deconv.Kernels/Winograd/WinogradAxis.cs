using System.Collections.Immutable;
using Deconv.Kernels.Problem;

namespace Deconv.Kernels.Winograd;

/// <summary>
/// One axis in blocks of neighbouring outputs of each phase. Where some phase has two taps or more, a
/// block has two outputs, which minimal filtering gets from one product more than there are taps
/// instead of two for each; else one, with nothing to gain.
/// </summary>
internal sealed class WinogradAxis
{
    /// <summary>The most taps that transforms are written for.</summary>
    public const int MaxTaps = 3;

    public WinogradAxis(AxisProblem axis)
    {
        var weight = new WeightAxis(axis.KernelLength, axis.TapStep);
        BlockLength = BlockLengthOf(weight);
        int phaseCount = Math.Min(axis.Stride, axis.OutputLength);
        var phases = ImmutableArray.CreateBuilder<WinogradPhase>(phaseCount);
        for (int phase = 0; phase < phaseCount; ++phase)
            phases.Add(PhaseOf(axis, weight, phase));
        Phases = phases.MoveToImmutable();
        long outputsOfPhase = ((long)axis.OutputLength + axis.Stride - 1) / axis.Stride;
        Blocks = (int)((outputsOfPhase + BlockLength - 1) / BlockLength);
    }

    /// <summary>Outputs of a block.</summary>
    public int BlockLength { get; }

    /// <summary>Blocks of the longest phase; others get as many.</summary>
    public int Blocks { get; }

    /// <summary>The phases by their first output.</summary>
    public ImmutableArray<WinogradPhase> Phases { get; }

    /// <summary>The most products of a block that a phase has.</summary>
    public int MaxPositions
    {
        get
        {
            int most = 0;
            foreach (WinogradPhase phase in Phases)
                most = Math.Max(most, phase.Positions);
            return most;
        }
    }

    public static int BlockLengthOf(WeightAxis axis) => axis.TapsOf(0) > 1 ? 2 : 1;

    /// <summary>Products of a block and a residue class.</summary>
    public static int PositionsOf(WeightAxis axis, int residue) => axis.TapsOf(residue) + BlockLengthOf(axis) - 1;

    private static WinogradPhase PhaseOf(AxisProblem axis, WeightAxis weight, int phase)
    {
        for (int step = 0; phase + (long)step * axis.Stride < axis.OutputLength; ++step)
        {
            TapRange taps = axis.Outputs[phase + step * axis.Stride];
            if (taps.Count == 0)
                continue;
            (int skipped, int residue) = Math.DivRem(taps.FirstTap, axis.TapStep);
            int tapCount = weight.TapsOf(residue);
            return new()
            {
                Taps = tapCount,
                Residue = residue,
                FirstInput = taps.FirstInput - step - (tapCount - 1 - skipped) * axis.InputStep,
                Positions = PositionsOf(weight, residue),
            };
        }

        return default;
    }
}
