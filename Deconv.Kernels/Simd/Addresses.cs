using System.Runtime.CompilerServices;
using ILGPU;

namespace Deconv.Kernels.Simd;

/// <summary>Addresses of the CPU accelerator's memory, which does not move: a view costs checks at each access.</summary>
internal static unsafe class Addresses
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T* Of<T>(ArrayView<T> view)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref view[0]);
}
