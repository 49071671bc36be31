using Deconv.Kernels.Problem;
using ILGPU;

namespace Deconv.Kernels.Projection.Simd;

/// <summary>
/// The order of a packed weight: [group][block of output channels][input channel][lane], where a lane is
/// a channel of the block. The last block of a group is as short as whole vectors allow; lanes past the last
/// channel are zero.
/// </summary>
internal sealed class SimdProjectionWeights(WeightProblem problem, SimdProjectionKernels kernels)
{
    /// <summary>Blocks of a group.</summary>
    public int Blocks { get; } = IntrinsicMath.DivRoundUp(problem.GroupOutputChannels, kernels.BlockWidth);

    public long GroupLength { get; } = problem.GroupInputChannels
        * IntrinsicMath.DivRoundUp((long)problem.GroupOutputChannels, kernels.VectorWidth) * kernels.VectorWidth;

    public long Length => problem.Groups * GroupLength;
}
