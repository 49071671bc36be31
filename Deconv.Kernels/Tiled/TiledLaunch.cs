using Deconv.Kernels.Launch;

namespace Deconv.Kernels.Tiled;

/// <summary>The launch of <see cref="TiledKernel"/> and, where sums are in parts, of what adds those up.</summary>
internal sealed record TiledLaunch(TiledParams Parameters, SplitSumParams Sum, LaunchShape SumShape) : KernelLaunch
{
    /// <summary>Whether each pixel's channels start at a multiple of eight elements, in each group.</summary>
    public required bool HasRuns { get; init; }
}
