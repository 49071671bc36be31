using Deconv.Geometry;

namespace Deconv.Runtime;

/// <summary>Counts the elements of a shape.</summary>
internal static class TensorLengths
{
    public static nint Count(ReadOnlySpan<nint> lengths, string argument)
    {
        nint count = 1;
        foreach (nint length in lengths)
        {
            Refusal.Unless(length >= 0, argument, length, "a length must not be negative");
            try
            {
                count = checked(count * length);
            }
            catch (OverflowException)
            {
                Refusal.Throw(argument, Text(lengths), "its size must fit in 64 bits");
            }
        }

        return count;
    }

    public static string Text(ReadOnlySpan<nint> lengths) =>
        $"[{string.Join(", ", lengths.ToArray())}]";
}
