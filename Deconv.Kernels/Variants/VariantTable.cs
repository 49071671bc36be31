using System.Collections.Immutable;
using Deconv.Kernels.Launch;

namespace Deconv.Kernels.Variants;

/// <summary>Every variant there is.</summary>
internal static class VariantTable
{
    /// <summary>All, best first; the last one refuses nothing.</summary>
    public static ImmutableArray<KernelVariant> All { get; } =
        [.. CoreVariants.All[..^1], .. DeviceVariants.All, CoreVariants.All[^1]];

    /// <summary>Those, in the same order, that can have the least estimate on devices of a kind.</summary>
    public static ImmutableArray<KernelVariant> For(DeviceKind kind) =>
        kind == DeviceKind.CpuAccelerator ? CoreVariants.All : All;
}
