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
        where T : unmanaged => With(MemoryMarshal.Cast<T, int>(section), SizeInInts<T>());

    /// <summary>A section of the device's copy of the table.</summary>
    public ArrayView<T> View<T>(ArrayView<int> copy, int section)
        where T : unmanaged =>
        copy.SubView(Sections[section].Start, Sections[section].Length).Cast<T>();

    private KernelTable With(ReadOnlySpan<int> section, int size)
    {
        int start = (Values.Length + size - 1) / size * size;
        return new()
        {
            Values = [.. Values, .. new int[start - Values.Length], .. section],
            Sections = [.. Sections, (start, section.Length)],
        };
    }

    private static int SizeInInts<T>() => Unsafe.SizeOf<T>() / sizeof(int);
}
