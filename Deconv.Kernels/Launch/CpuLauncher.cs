using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace Deconv.Kernels.Launch;

/// <summary>What a work item of a kernel does that the CPU accelerator runs.</summary>
internal delegate void CpuKernel(KernelLaunch launch, in LaunchMemory memory, in KernelOperands operands);

/// <summary>
/// Launches .NET methods on the CPU accelerator's threads. ILGPU emits a task, a launcher and a caller for each
/// kernel, by way of its compiler's own data structures; compiling all that was a fifth of a first call.
/// </summary>
internal static class CpuLauncher
{
    private static readonly CPUKernelExecutionHandler RunItem = static (task, _) => ((Task)task).RunItem();

    /// <summary>The launcher of a kernel, which reads its place in <see cref="Grid"/> and <see cref="Group"/>.</summary>
    /// <param name="accelerator">A CPU accelerator.</param>
    /// <param name="kernel">Called by each work item.</param>
    public static KernelLauncher Of(Accelerator accelerator, CpuKernel kernel)
    {
        var cpu = (CPUAccelerator)accelerator;
        return (_, launch, memory, operands) => Launch(cpu, new Task(kernel, launch, memory, operands));
    }

    /// <summary>
    /// Runs a task to its end, as the launchers do that ILGPU emits. Of all that they call, this alone is not
    /// public.
    /// </summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Launch")]
    private static extern void Launch(CPUAccelerator accelerator, CPUAcceleratorTask task);

    private sealed class Task(CpuKernel kernel, KernelLaunch launch, LaunchMemory memory, KernelOperands operands)
        : CPUAcceleratorTask(CpuLauncher.RunItem, ConfigOf(launch), new RuntimeKernelConfig(ConfigOf(launch), default))
    {
        public void RunItem() => kernel(launch, memory, operands);

        private static KernelConfig ConfigOf(KernelLaunch launch) => new(launch.GridSize, launch.GroupSize);
    }
}
