using System.Collections.Immutable;
using System.Reflection;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Deconv.Kernels.Launch;

/// <summary>A kernel of a variant: how it is compiled, with or without a device, and what its code promises.</summary>
/// <param name="Name">The variant's name, with a part of its own where the variant has several.</param>
/// <param name="Method">The entry point.</param>
internal sealed record KernelEntry(string Name, MethodInfo Method)
{
    /// <summary>
    /// The largest group, and the groups that a processor is to hold at once: what bounds the registers
    /// of a work item on CUDA. None by default.
    /// </summary>
    public KernelSpecialization Bounds { get; init; }

    /// <summary>The oldest NVIDIA GPU that has its instructions, which OpenCL has not; null where all have them.</summary>
    public CudaArchitecture? Oldest { get; init; }

    /// <summary>Whether GPUs run it: then it spills no register.</summary>
    public bool IsForGpus { get; init; } = true;

    /// <summary>
    /// The least share that fused multiply-adds of floats have among the instructions of the loop that most of
    /// them are in, as assembled.
    /// </summary>
    public double FusedShare { get; init; }

    /// <summary>What its optimised PTX has, such as <c>ld.shared.v4.f32</c>.</summary>
    public ImmutableArray<string> Instructions { get; init; } = [];
}
