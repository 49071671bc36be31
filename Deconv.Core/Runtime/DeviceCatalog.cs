using System.Collections.Immutable;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Deconv.Runtime;

/// <summary>Lists the devices of this machine, kind by kind, without creating accelerators.</summary>
internal static class DeviceCatalog
{
    public static IEnumerable<DeviceEntry> Of(AcceleratorKind kind) => kind switch
    {
        AcceleratorKind.Cuda => Cuda(),
        AcceleratorKind.OpenCL => OpenCl(),
        _ => Cpu(),
    };

    private static ImmutableArray<DeviceEntry> Cuda()
    {
        const AcceleratorKind Kind = AcceleratorKind.Cuda;
        if (!NativeLibraries.IsPresent(OperatingSystem.IsWindows() ? "nvcuda" : "cuda"))
            return [DeviceEntry.None(Kind, "no NVIDIA driver library (libcuda, nvcuda) can be loaded")];
        CudaError error = CudaAPI.CurrentAPI.GetDeviceCount(out int count);
        if (error != CudaError.CUDA_SUCCESS)
            return [DeviceEntry.None(Kind, $"the NVIDIA driver reports {error}")];
        if (count == 0)
            return [DeviceEntry.None(Kind, "the NVIDIA driver reports no device")];

        var entries = CudaDevice.GetDevices(_ => true)
            .Cast<CudaDevice>()
            .Select((device, index) => new DeviceEntry(
                Kind,
                index,
                device.Name,
                Refuse(device),
                IsGpu: true,
                device.CreateAccelerator))
            .ToImmutableArray();
        return entries.Length > 0
            ? entries
            : [DeviceEntry.None(Kind, "the NVIDIA driver cannot describe its devices")];
    }

    private static string? Refuse(CudaDevice device) =>
        device.Architecture is null || device.InstructionSet is null
            ? "its architecture or driver is unknown to ILGPU"
            : null;

    private static ImmutableArray<DeviceEntry> OpenCl()
    {
        const AcceleratorKind Kind = AcceleratorKind.OpenCL;
        if (!NativeLibraries.IsPresent(OperatingSystem.IsWindows() ? "opencl" : "OpenCL"))
            return [DeviceEntry.None(Kind, "no OpenCL loader (libOpenCL) can be loaded")];

        var entries = CLDevice.GetDevices(_ => true)
            .Cast<CLDevice>()
            .Select((device, index) => new DeviceEntry(
                Kind,
                index,
                device.Name,
                Refuse(device),
                IsGpu: !device.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_CPU),
                device.CreateAccelerator))
            .ToImmutableArray();
        return entries.Length > 0
            ? entries
            : [DeviceEntry.None(Kind, "no OpenCL platform offers a device")];
    }

    private static string? Refuse(CLDevice device)
    {
        if (device.CLStdVersion < CLBackend.MinimumVersion)
            return $"it offers {device.CLStdVersion}, and ILGPU needs {CLBackend.MinimumVersion}";
        if (!device.Capabilities.GenericAddressSpace)
            return "it lacks the generic address space, which ILGPU needs";
        return null;
    }

    private static ImmutableArray<DeviceEntry> Cpu()
    {
        int processors = Environment.ProcessorCount;

        // One multiprocessor with a thread for each core: a launch wakes all threads of the device, and
        // several multiprocessors would have two each, as two lanes a warp is the least that ILGPU takes.
        var device = new CPUDevice(2, (processors + 1) / 2, 1);
        return
        [
            new DeviceEntry(
                AcceleratorKind.Cpu,
                0,
                $"{processors} processors",
                Refusal: null,
                IsGpu: false,
                context => device.CreateCPUAccelerator(context, CPUAcceleratorMode.Parallel)),
        ];
    }
}
