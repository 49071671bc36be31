using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Deconv.Samples.Cli;

/// <summary>A type of elements, which .NET has as <typeparamref name="T"/>.</summary>
/// <param name="widen">What an element stands for.</param>
/// <param name="round">The element nearest to a number.</param>
internal sealed class Dtype<T>(Func<T, Complex> widen, Func<Complex, T> round) : Dtype
    where T : unmanaged
{
    public override int Size => Unsafe.SizeOf<T>();

    public override Complex[] Numbers(ReadOnlySpan<byte> elements)
    {
        ReadOnlySpan<T> typed = MemoryMarshal.Cast<byte, T>(elements);
        var numbers = new Complex[typed.Length];
        for (int i = 0; i < numbers.Length; ++i)
            numbers[i] = widen(typed[i]);
        return numbers;
    }

    public override byte[] Nearest(Complex[] numbers) =>
        MemoryMarshal.AsBytes<T>(Array.ConvertAll(numbers, z => round(z))).ToArray();

    public override string Text(ReadOnlySpan<byte> element) =>
        string.Create(CultureInfo.InvariantCulture, $"{MemoryMarshal.Read<T>(element)}");

    public override TResult Accept<TResult>(IDtypeVisitor<TResult> visitor) => visitor.Visit(this);

    /// <summary>The elements nearest to numbers.</summary>
    public T[] Nearest(float[] numbers) => Array.ConvertAll(numbers, x => round(x));

    /// <summary>The floats nearest to elements' real parts.</summary>
    public float[] Floats(T[] elements) => Array.ConvertAll(elements, x => (float)widen(x).Real);
}
