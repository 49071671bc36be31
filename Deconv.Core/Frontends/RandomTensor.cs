using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Problem;
using Deconv.Operators;

namespace Deconv.Frontends;

/// <summary>What modules hold before trained weights are set; complex numbers have both parts drawn.</summary>
internal static class RandomTensor
{
    /// <summary>Uniform between -<paramref name="bound"/> and <paramref name="bound"/>.</summary>
    public static Tensor<T> Uniform<T>(Random random, double bound, ReadOnlySpan<nint> lengths)
        where T : unmanaged =>
        Fill<T>(lengths, () => (2 * random.NextDouble() - 1) * bound);

    /// <summary>Normal around 0, by the method of Box and Muller.</summary>
    public static Tensor<T> Normal<T>(Random random, double deviation, ReadOnlySpan<nint> lengths)
        where T : unmanaged =>
        Fill<T>(lengths, () =>
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            return deviation * radius * Math.Cos(Math.Tau * random.NextDouble());
        });

    private static Tensor<T> Fill<T>(ReadOnlySpan<nint> lengths, Func<double> next)
        where T : unmanaged
    {
        nint count = 1;
        foreach (nint length in lengths)
            count *= length;
        var values = new T[count];
        switch (ElementTypeOf<T>.Value)
        {
            case ElementType.Float32 or ElementType.ComplexFloat32:
                Fill<T, float>(values, () => (float)next());
                break;
            case ElementType.Float64 or ElementType.ComplexFloat64:
                Fill<T, double>(values, next);
                break;
            case ElementType.Float16:
                Fill<T, ushort>(values, () => HalfBits.Round((float)next()));
                break;
            default:
                Fill<T, ushort>(values, () => BrainBits.Round((float)next()));
                break;
        }

        return Tensor.Create(values, lengths);
    }

    private static void Fill<T, TReal>(T[] values, Func<TReal> next)
        where T : unmanaged
        where TReal : unmanaged
    {
        foreach (ref TReal value in MemoryMarshal.Cast<T, TReal>(values.AsSpan()))
            value = next();
    }
}
