using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Runtime;

/// <summary>Copies that are over when they return: the host memory is pinned until then.</summary>
internal static unsafe class HostCopy
{
    public static void ToDevice<T>(AcceleratorStream stream, ReadOnlySpan<T> source, ArrayView<T> target)
        where T : unmanaged
    {
        fixed (T* pointer = source)
            ToDevice(stream, pointer, target.SubView(0, source.Length));
    }

    /// <summary>Copies as many elements as <paramref name="target"/> holds.</summary>
    public static void ToDevice<T>(AcceleratorStream stream, T* source, ArrayView<T> target)
        where T : unmanaged
    {
        target.CopyFromCPUUnsafeAsync(stream, ref *source, target.Length);
        stream.Synchronize();
    }

    /// <summary>Copies as many elements as <paramref name="source"/> holds.</summary>
    public static void ToHost<T>(AcceleratorStream stream, ArrayView<T> source, T* target)
        where T : unmanaged
    {
        source.CopyToCPUUnsafeAsync(stream, ref *target, source.Length);
        stream.Synchronize();
    }
}
