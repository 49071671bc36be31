using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Deconv.Samples.Cli;

/// <summary>An array of a type that is known when it is read.</summary>
/// <param name="Dtype">The type of its elements.</param>
/// <param name="Lengths">Its lengths, the slowest first.</param>
/// <param name="Bytes">Its elements, the last index fastest.</param>
internal sealed record NpyArray(Dtype Dtype, nint[] Lengths, byte[] Bytes)
{
    /// <summary>The bytes of an element.</summary>
    public ReadOnlySpan<byte> this[int index] => Bytes.AsSpan(index * Dtype.Size, Dtype.Size);

    public static NpyArray Of<T>(Tensor<T> tensor)
        where T : unmanaged
    {
        var values = new T[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return new(Cli.Dtype.Of<T>(), tensor.Lengths.ToArray(), MemoryMarshal.AsBytes<T>(values).ToArray());
    }

    /// <summary>The array as a tensor of <typeparamref name="T"/>, which must be its type.</summary>
    public Tensor<T> As<T>()
        where T : unmanaged => Dtype is Dtype<T>
            ? Tensor.Create(MemoryMarshal.Cast<byte, T>(Bytes).ToArray(), Lengths)
            : throw new InvalidOperationException($"The array is {Dtype}.");

    /// <summary>The array as one of another type, which must have all its numbers; null if it has not.</summary>
    public NpyArray? ExactlyTo(Dtype other)
    {
        NpyArray rounded = To(other);
        return Dtype.Numbers(Bytes).SequenceEqual(other.Numbers(rounded.Bytes)) ? rounded : null;
    }

    /// <summary>The array with each element rounded to the nearest of another type.</summary>
    public NpyArray To(Dtype other) => other == Dtype
        ? this
        : new(other, Lengths, other.Nearest(Dtype.Numbers(Bytes)));
}
