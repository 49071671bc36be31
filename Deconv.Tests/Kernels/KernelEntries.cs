using System.Collections.Concurrent;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Offline;
using Deconv.Kernels.Variants;
using Deconv.Tests.Support;
using ILGPU.Runtime.Cuda;

namespace Deconv.Tests.Kernels;

/// <summary>The kernels of all variants that compile for devices, by name, and their PTX, compiled once.</summary>
internal static class KernelEntries
{
    private static readonly ConcurrentDictionary<(string, string, string), Lazy<string>> Texts = new();

    public static Dictionary<string, KernelEntry> All { get; } = VariantTable.All
        .SelectMany(variant => variant.EntryPoints)
        .ToDictionary(entry => entry.Name);

    /// <summary>The first of each generation of NVIDIA's that differs in what kernels may use.</summary>
    public static string[] Architectures { get; } = ["sm_70", "sm_80", "sm_90", "sm_100", "sm_120"];

    /// <summary>ILGPU's levels that optimise: at O0 values lie in memory.</summary>
    public static IEnumerable<string> OptimizedLevels => OptimizationLevels.Names.Where(level => level != "O0");

    /// <summary>Those that have the instructions of a kernel; one stands for all where it is none for GPUs.</summary>
    public static IEnumerable<string> ArchitecturesOf(KernelEntry kernel) => kernel.IsForGpus
        ? Architectures.Where(name => kernel.Oldest is not { } oldest || ArchitectureOf(name) >= oldest)
        : ["sm_80"];

    public static string Ptx(string kernel, string architecture, string level) => Texts.GetOrAdd(
        (kernel, architecture, level),
        _ => new(() => OfflineCompiler.ToPtx(
            All[kernel],
            ArchitectureOf(architecture),
            OptimizationLevels.Parse(level)))).Value;

    private static CudaArchitecture ArchitectureOf(string name) =>
        OfflineCompiler.Architectures.Single(row => row.Name == name).Architecture;
}
