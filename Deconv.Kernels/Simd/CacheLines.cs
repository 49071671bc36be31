using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Deconv.Kernels.Simd;

/// <summary>Asks for memory before it is used, where the machine has an instruction for it.</summary>
internal static unsafe class CacheLines
{
    public const int Length = 64;

    /// <summary>Asks for the lines of as many elements. It reads nothing, so that any address will do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch<T>(T* first, int count)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
            return;
        for (int i = 0; i < count; i += Length / sizeof(T))
            Sse.Prefetch1(first + i);
        Sse.Prefetch1(first + count - 1);
    }
}
