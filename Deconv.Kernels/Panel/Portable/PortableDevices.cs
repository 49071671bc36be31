using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Deconv.Kernels.Launch;

namespace Deconv.Kernels.Panel.Portable;

/// <summary>Where the portable kernels run, and how fast.</summary>
internal static class PortableDevices
{
    /// <summary>Products a nanosecond of a core through OpenCL.</summary>
    private const double Rate = 20;

    private const double FusedRate = 40;

    /// <summary>On ILGPU's CPU accelerator, each access to memory is checked.</summary>
    private const double CheckedRate = 0.2;

    public static double RateOn(DeviceLimits device) => device.Kind == DeviceKind.CpuAccelerator ? CheckedRate : Rate;

    public static double FusedRateOn(DeviceLimits device) =>
        device.Kind == DeviceKind.CpuAccelerator ? CheckedRate : FusedRate;

    public static string? Refuse(DeviceLimits device) =>
        device.Kind == DeviceKind.Gpu ? "its long work items are for CPU cores" : null;

    /// <summary>OpenCL's <c>fma</c> is a long function where the processor has no instruction for it.</summary>
    public static string? RefuseFused(DeviceLimits device)
    {
        if (Refuse(device) is string reason)
            return reason;
        if (device.Hardware < HardwareLevel.Portable)
            return DeviceLimits.RefusalOfContext;
        return Fma.IsSupported || AdvSimd.IsSupported ? null : "this processor has no fused multiply-add";
    }
}
