using System.Collections.Immutable;
using Deconv.Kernels.Gather;
using Deconv.Kernels.Launch;

namespace Deconv.Kernels.Variants;

/// <summary>Every variant there is, best first; the last one refuses nothing.</summary>
internal static class VariantTable
{
    public static ImmutableArray<KernelVariant> All { get; } = [new GatherVariant()];
}
