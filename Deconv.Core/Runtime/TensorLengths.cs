using System.Runtime.CompilerServices;
using Deconv.Geometry;

namespace Deconv.Runtime;

/// <summary>Counts the elements of a shape.</summary>
internal static class TensorLengths
{
    public static nint Count<T>(ReadOnlySpan<nint> lengths, string argument)
        where T : unmanaged
    {
        nint count = 1;
        foreach (nint length in lengths)
        {
            Refusal.Unless(length >= 0, argument, length, "a length must not be negative");
            try
            {
                count = checked(count * length);

                // ILGPU multiplies by the element size unchecked: a wrapped size would be allocated.
                _ = checked(count * Unsafe.SizeOf<T>());
            }
            catch (OverflowException)
            {
                Refusal.Throw(argument, Text(lengths), "its size in bytes must fit in 64 bits");
            }
        }

        return count;
    }

    public static string Text(ReadOnlySpan<nint> lengths) =>
        $"[{string.Join(", ", lengths.ToArray())}]";
}
