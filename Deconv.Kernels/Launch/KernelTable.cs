using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;

namespace Deconv.Kernels.Launch;

/// <summary>
/// Sections of structs made of ints, in one piece of memory. Each starts at a multiple of its
/// structs' size, since ILGPU casts a view by dividing where it starts.
/// </summary>
internal sealed record KernelTable
{
    private ImmutableArray<(long Start, long Length)> Sections { get; init; } = [];

    public ImmutableArray<int> Values { get; private init; } = [];

    /// <summary>This table with one more section.</summary>
    public KernelTable With<T>(ReadOnlySpan<T> section)
        where T : unmanaged
    {
        int size = SizeInInts<T>();
        int start = (Values.Length + size - 1) / size * size;
        return new()
        {
            Values = [.. Values, .. new int[start - Values.Length], .. MemoryMarshal.Cast<T, int>(section)],
            Sections = [.. Sections, (start, section.Length * (long)size)],
        };
    }

    /// <summary>A section of the device's copy of the table.</summary>
    public ArrayView<T> View<T>(ArrayView<int> copy, int section)
        where T : unmanaged =>
        copy.SubView(Sections[section].Start, Sections[section].Length).Cast<T>();

    private static int SizeInInts<T>() => Unsafe.SizeOf<T>() / sizeof(int);
}
