using System.Reflection;
using Deconv.Kernels.Problem;
using ILGPU.Runtime;

namespace Deconv.Kernels.Launch;

/// <summary>One named way to compute a transposed convolution.</summary>
internal abstract class KernelVariant
{
    /// <summary>The name by which the variant is forced and reported.</summary>
    public abstract string Name { get; }

    /// <summary>What the variant does, and for which problems, in a line for users.</summary>
    public abstract string Summary { get; }

    /// <summary>The kernel's entry point, for compilation without a device.</summary>
    public abstract MethodInfo EntryPoint { get; }

    /// <summary>Why the variant cannot solve a problem on a device; null where it can.</summary>
    public abstract string? Refuse(KernelProblem problem, DeviceLimits device);

    /// <summary>Decides the launch of a problem that was not refused and has outputs.</summary>
    public abstract KernelLaunch Prepare(KernelProblem problem, DeviceLimits device);

    /// <summary>Compiles the kernel for an accelerator. Call through <see cref="LauncherCache"/>.</summary>
    public abstract KernelLauncher Load(Accelerator accelerator);

    public sealed override string ToString() => Name;
}
