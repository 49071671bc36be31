using System.Collections.Immutable;
using System.Numerics;

namespace Deconv.Samples.Cli;

/// <summary>What is done with the .NET type of elements.</summary>
internal interface IDtypeVisitor<TResult>
{
    TResult Visit<T>(Dtype<T> dtype)
        where T : unmanaged;
}

/// <summary>A type of elements, under the name that frameworks have for it.</summary>
internal abstract class Dtype
{
    public static Dtype Float32 { get; } = new Dtype<float>(x => x, z => (float)z.Real)
    {
        Name = "float32",
        NpyName = "<f4",
    };

    /// <summary>NumPy has no such type, so its bits are stored as uint16.</summary>
    public static Dtype BFloat16 { get; } = new Dtype<BFloat16>(x => (double)x, z => (BFloat16)z.Real)
    {
        Name = "bfloat16",
        NpyName = "<u2",
    };

    /// <summary>Those that are real, which all operators take.</summary>
    public static ImmutableArray<Dtype> Reals { get; } =
    [
        Float32,
        new Dtype<double>(x => x, z => z.Real) { Name = "float64", NpyName = "<f8" },
        new Dtype<Half>(x => (double)x, z => (Half)z.Real) { Name = "float16", NpyName = "<f2" },
        BFloat16,
    ];

    public static ImmutableArray<Dtype> All { get; } =
    [
        .. Reals,
        new Dtype<Complex64>(x => x, z => (Complex64)z) { Name = "complex64", NpyName = "<c8" },
        new Dtype<Complex>(x => x, z => z) { Name = "complex128", NpyName = "<c16" },
    ];

    public required string Name { get; init; }

    /// <summary>NumPy's name for it in the order of bytes that all our machines have.</summary>
    public required string NpyName { get; init; }

    /// <summary>Bytes of an element.</summary>
    public abstract int Size { get; }

    public static Dtype<T> Of<T>()
        where T : unmanaged => All.OfType<Dtype<T>>().Single();

    /// <summary>What the elements of an array stand for.</summary>
    public abstract Complex[] Numbers(ReadOnlySpan<byte> elements);

    /// <summary>The nearest elements.</summary>
    public abstract byte[] Nearest(Complex[] numbers);

    /// <summary>An element as text.</summary>
    public abstract string Text(ReadOnlySpan<byte> element);

    /// <summary>Does what is done with the .NET type.</summary>
    public abstract TResult Accept<TResult>(IDtypeVisitor<TResult> visitor);

    public override string ToString() => Name;
}
