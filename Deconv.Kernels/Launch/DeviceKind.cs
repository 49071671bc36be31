namespace Deconv.Kernels.Launch;

/// <summary>The families of devices that want differently shaped launches.</summary>
internal enum DeviceKind
{
    /// <summary>ILGPU's own CPU accelerator: one work item per group, few and long items.</summary>
    CpuAccelerator,

    /// <summary>An OpenCL device made of CPU cores.</summary>
    OpenClCpu,

    /// <summary>Any GPU.</summary>
    Gpu,
}
