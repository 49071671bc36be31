using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Deconv.Kernels.Simd;

/// <summary>Lines of the caches: where they begin, and asking for them before they are used.</summary>
internal static unsafe class CacheLines
{
    /// <summary>Bytes of a line.</summary>
    public const int Length = 64;

    /// <summary>Numbers, as short as floats, that memory needs to spare so that it can begin with a line.</summary>
    public const int SpareNumbers = Length / sizeof(float);

    /// <summary>The first line's beginning at an address or after it.</summary>
    public static T* StartOf<T>(T* address)
        where T : unmanaged => (T*)((long)address + (-(long)address & (Length - 1)));

    /// <summary>
    /// Asks for the lines of as many elements, where the machine has an instruction for it. It reads nothing, so that
    /// any address will do.
    /// </summary>
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
