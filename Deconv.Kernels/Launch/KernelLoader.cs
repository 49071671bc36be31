using System.Reflection;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.IR;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace Deconv.Kernels.Launch;

/// <summary>Loads explicitly grouped kernels.</summary>
internal static class KernelLoader
{
    /// <summary>Makes the launcher of a kernel on an accelerator.</summary>
    /// <typeparam name="TLauncher">Takes the stream, the kernel config and the kernel's parameters.</typeparam>
    public static TLauncher Load<TLauncher>(Accelerator accelerator, KernelEntry entry)
        where TLauncher : Delegate =>
        accelerator is CPUAccelerator
            ? LoadAsItIs(accelerator, entry.Method).CreateLauncherDelegate<TLauncher>()
            : accelerator.LoadKernel<TLauncher>(entry.Method, entry.Bounds);

    /// <summary>
    /// The CPU accelerator calls the .NET method itself, and of all that ILGPU's front-end would
    /// learn about it asks for one thing, whether it takes dynamic shared memory; none here does.
    /// Compiling the front-end's own code was the larger part of a first call, so the backend gets
    /// a method without a body in its place.
    /// </summary>
    private static Kernel LoadAsItIs(Accelerator accelerator, MethodInfo entryPoint)
    {
        using var ir = new IRContext(accelerator.Context);
        var declaration = new MethodDeclaration(
            MethodHandle.Create(entryPoint.Name), ir.VoidType, MethodFlags.External);
        CompiledKernel compiled = accelerator.GetBackend().Compile(
            ir.Declare(declaration, out _),
            EntryPointDescription.FromExplicitlyGroupedKernel(entryPoint),
            specialization: default);
        return accelerator.LoadKernel(compiled);
    }
}
