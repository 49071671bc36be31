using Deconv.Kernels.Problem;

namespace Deconv.Kernels.Formats;

/// <summary>What is done with the types of a format.</summary>
internal interface IFormatVisitor<TResult>
{
    TResult Visit<TFormat, TStorage, TSum>()
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
        where TSum : unmanaged;
}

/// <summary>The format of each type of elements.</summary>
internal static class FormatTable
{
    public static TResult Visit<TResult>(ElementType element, IFormatVisitor<TResult> visitor) => element switch
    {
        ElementType.Float32 => visitor.Visit<Float32Format, float, float>(),
        ElementType.Float64 => visitor.Visit<Float64Format, double, double>(),
        ElementType.Float16 => visitor.Visit<SixteenBitFormat<HalfBits>, ushort, float>(),
        ElementType.BrainFloat16 => visitor.Visit<SixteenBitFormat<BrainBits>, ushort, float>(),
        ElementType.ComplexFloat32 => visitor.Visit<ComplexFloat32Format, FloatPair, FloatPair>(),
        _ => visitor.Visit<ComplexFloat64Format, DoublePair, DoublePair>(),
    };
}
