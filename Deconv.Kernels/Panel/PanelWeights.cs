using System.Collections.Immutable;
using Deconv.Kernels.Problem;
using ILGPU;

namespace Deconv.Kernels.Panel;

/// <summary>
/// The order of a packed weight: [group][row residue][column class][channel block][block of rows]
/// [row tap][column tap][input channel][row], where a row is a pair of a channel of the block and a
/// column residue of the class, the residue running fastest. Rows past the last are zero.
/// </summary>
internal sealed class PanelWeights
{
    public PanelWeights(WeightProblem problem)
    {
        Problem = problem;
        ColumnClasses = ClassesOf(problem);
        ChannelBlocks = (int)IntrinsicMath.DivRoundUp((long)problem.GroupOutputChannels, PanelKernel.Rows);
        var offsets = ImmutableArray.CreateBuilder<int>();
        long length = 0;
        for (int row = 0; row < problem.Height.Classes; ++row)
        {
            foreach (WeightClass columns in ColumnClasses)
            {
                offsets.Add(unchecked((int)length));
                length += (long)BlocksOf(columns, problem.GroupOutputChannels)
                    * problem.Height.TapsOf(row) * columns.Taps * problem.GroupInputChannels * PanelKernel.Rows;
            }
        }

        Offsets = offsets.ToImmutable();
        GroupLength = length;
    }

    public WeightProblem Problem { get; }

    /// <summary>The column residues, those of a class side by side.</summary>
    public ImmutableArray<WeightClass> ColumnClasses { get; }

    public int ChannelBlocks { get; }

    /// <summary>Where each pair of a row residue and a column class starts in a group, if the group's length fits in 32 bits.</summary>
    public ImmutableArray<int> Offsets { get; }

    public long GroupLength { get; }

    public long Length => Problem.Groups * GroupLength;

    /// <summary>Blocks of rows that a number of channels takes.</summary>
    public static int BlocksOf(WeightClass columns, int channels)
    {
        (int whole, int rest) = Math.DivRem(channels, PanelKernel.Rows);
        return whole * columns.Residues + IntrinsicMath.DivRoundUp(rest * columns.Residues, PanelKernel.Rows);
    }

    /// <summary>
    /// Where channels alone fill a block of rows, each residue is a class; fewer channels share
    /// blocks with the residues that have equally many taps.
    /// </summary>
    private static ImmutableArray<WeightClass> ClassesOf(WeightProblem problem)
    {
        var classes = new List<WeightClass>();
        for (int residue = 0; residue < problem.Width.Classes; ++residue)
        {
            int taps = problem.Width.TapsOf(residue);
            if (problem.GroupOutputChannels < PanelKernel.Rows && classes.Count > 0 && classes[^1].Taps == taps)
                classes[^1] = classes[^1] with { Residues = classes[^1].Residues + 1 };
            else
                classes.Add(new(residue, 1, taps));
        }

        return [.. classes];
    }
}

/// <summary>Residues from <see cref="FirstResidue"/> on that have <see cref="Taps"/> taps each.</summary>
internal readonly record struct WeightClass(int FirstResidue, int Residues, int Taps);
