using System.Collections.Immutable;
using Deconv.Kernels.Intrinsics;
using Deconv.Kernels.Launch;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Deconv.Kernels.Offline;

/// <summary>Compiles a kernel to text, on a machine without any device.</summary>
internal static class OfflineCompiler
{
    /// <summary>What can be compiled for, oldest first, by the names of NVIDIA's tools.</summary>
    public static ImmutableArray<(string Name, CudaArchitecture Architecture)> Architectures { get; } =
    [
        ("sm_70", CudaArchitecture.SM_70),
        ("sm_75", CudaArchitecture.SM_75),
        ("sm_80", CudaArchitecture.SM_80),
        ("sm_86", CudaArchitecture.SM_86),
        ("sm_89", CudaArchitecture.SM_89),
        ("sm_90", CudaArchitecture.SM_90),
        ("sm_100", CudaArchitecture.SM_100),
        ("sm_120", CudaArchitecture.SM_120),
    ];

    public static string ToPtx(KernelEntry entry, CudaArchitecture architecture, OptimizationLevel level)
    {
        // The first instruction set that knows Blackwell; older architectures are served by older drivers.
        CudaInstructionSet instructionSet =
            architecture >= CudaArchitecture.SM_100 ? CudaInstructionSet.ISA_87 : CudaInstructionSet.ISA_83;
        using Context context = CreateContext(level);
        using var backend = new PTXBackend(context, architecture, instructionSet, null!);
        return ((PTXCompiledKernel)backend.Compile(Describe(entry), entry.Bounds)).PTXAssembly;
    }

    public static string ToOpenCl(KernelEntry entry, OptimizationLevel level)
    {
        using Context context = CreateContext(level);
        using var backend = new CLBackend(
            context,
            new CLCapabilityContext(
                float16: false, float64: true, genericAddressSpace: false, int64_Atomics: false, subGroups: false),
            CLDeviceVendor.Other,
            CLCVersion.CL20);
        return ((CLCompiledKernel)backend.Compile(Describe(entry), default)).Source;
    }

    private static Context CreateContext(OptimizationLevel level) => Context.Create(builder =>
    {
        HardwareContexts.Teach(builder);
        builder.Optimize(level);
    });

    private static EntryPointDescription Describe(KernelEntry entry) =>
        EntryPointDescription.FromExplicitlyGroupedKernel(entry.Method);
}
