using System.Collections.Immutable;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Simd;
using ILGPU;

namespace Deconv.Kernels.Winograd;

/// <summary>
/// The order of a packed weight: [group][row residue][column residue][channel block][row position]
/// [column position][input channel][channel of the block], transformed, channels past the last being
/// zero; then the weight as it was given, for sums that have to be made directly.
/// </summary>
internal sealed class WinogradWeights
{
    public WinogradWeights(WeightProblem problem)
    {
        Problem = problem;
        ChannelBlocks = (int)IntrinsicMath.DivRoundUp((long)problem.GroupOutputChannels, RowBlock.Rows);
        var offsets = ImmutableArray.CreateBuilder<int>();
        for (int row = 0; row < problem.Height.Classes; ++row)
        {
            for (int column = 0; column < problem.Width.Classes; ++column)
            {
                offsets.Add(unchecked((int)GroupLength));
                GroupLength += (long)ChannelBlocks
                    * WinogradAxis.PositionsOf(problem.Height, row)
                    * WinogradAxis.PositionsOf(problem.Width, column)
                    * problem.GroupInputChannels * RowBlock.Rows;
            }
        }

        Offsets = offsets.ToImmutable();
    }

    public WeightProblem Problem { get; }

    public int ChannelBlocks { get; }

    /// <summary>Where each pair of a row residue and a column residue starts in a group, if the group's length fits in 32 bits.</summary>
    public ImmutableArray<int> Offsets { get; }

    public long GroupLength { get; }

    /// <summary>Where the weight as it was given starts.</summary>
    public long GivenOffset => Problem.Groups * GroupLength;

    public long GivenLength => Problem.InputChannels * Problem.Strides.Outermost;

    public long Length => GivenOffset + GivenLength;
}
