using Deconv.Kernels.Intrinsics;
using Deconv.Kernels.Launch;
using Deconv.Tuning;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Deconv.Runtime;

/// <summary>Reads what launches must respect, and which hardware it is, from an ILGPU accelerator.</summary>
internal static class DeviceDescription
{
    public static AcceleratorKind KindOf(Accelerator accelerator) => accelerator switch
    {
        CPUAccelerator => AcceleratorKind.Cpu,
        CLAccelerator => AcceleratorKind.OpenCL,
        _ => AcceleratorKind.Cuda,
    };

    public static AcceleratorIdentity IdentityOf(Accelerator accelerator) => new(
        AcceleratorChoice.Text(KindOf(accelerator), null),
        accelerator is CPUAccelerator ? ProcessorName.Text : accelerator.Name,
        ProcessorsOf(accelerator));

    public static DeviceLimits LimitsOf(Accelerator accelerator) => new()
    {
        Kind = accelerator switch
        {
            CPUAccelerator => DeviceKind.CpuAccelerator,
            CLAccelerator { DeviceType: var type } when type.HasFlag(CLDeviceType.CL_DEVICE_TYPE_CPU) =>
                DeviceKind.OpenClCpu,
            _ => DeviceKind.Gpu,
        },
        Hardware = HardwareOf(accelerator),
        Processors = ProcessorsOf(accelerator),
        Multiprocessors = accelerator.NumMultiprocessors,
        MaxGroupSize = accelerator.MaxNumThreadsPerGroup,
        MaxGridSize = accelerator.MaxGridSize.X,
        HasFloat64 = accelerator is not CLAccelerator { Capabilities.Float64: false },
    };

    /// <summary>The CPU accelerator runs the emulations, whatever the context knows.</summary>
    private static HardwareLevel HardwareOf(Accelerator accelerator)
    {
        const int LanesOfWarp = 32;
        if (accelerator is CPUAccelerator)
            return accelerator.WarpSize == LanesOfWarp ? HardwareLevel.TensorCores : HardwareLevel.Cuda;
        if (!HardwareContexts.Know(accelerator.Context))
            return HardwareLevel.None;
        return accelerator switch
        {
            CudaAccelerator cuda when cuda.Architecture >= CudaArchitecture.SM_80 => HardwareLevel.TensorCores,
            CudaAccelerator => HardwareLevel.Cuda,
            _ => HardwareLevel.Portable,
        };
    }

    /// <summary>
    /// Threads of a CPU accelerator stand for lanes of what it simulates; no more than the cores run at once.
    /// </summary>
    private static int ProcessorsOf(Accelerator accelerator) => accelerator is CPUAccelerator
        ? Math.Min(accelerator.NumMultiprocessors * accelerator.MaxNumThreadsPerGroup, Environment.ProcessorCount)
        : accelerator.NumMultiprocessors;
}
