using System.Runtime.CompilerServices;
using ILGPU.Runtime;

namespace Deconv.Runtime;

/// <summary>
/// One lock per ILGPU accelerator, shared by all engines over it: OpenCL launches set arguments
/// on a shared kernel object, and no accelerator may be disposed under a running call.
/// </summary>
internal static class AcceleratorLocks
{
    private static readonly ConditionalWeakTable<Accelerator, Lock> Locks = [];

    public static Lock Of(Accelerator accelerator) =>
        Locks.GetValue(accelerator, static _ => new Lock());
}
