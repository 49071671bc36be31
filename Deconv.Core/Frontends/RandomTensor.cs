using System.Numerics.Tensors;

namespace Deconv.Frontends;

/// <summary>What modules hold before trained weights are set.</summary>
internal static class RandomTensor
{
    /// <summary>Uniform between -<paramref name="bound"/> and <paramref name="bound"/>.</summary>
    public static Tensor<float> Uniform(Random random, double bound, ReadOnlySpan<nint> lengths) =>
        Fill(lengths, () => (2 * random.NextDouble() - 1) * bound);

    /// <summary>Normal around 0, by the method of Box and Muller.</summary>
    public static Tensor<float> Normal(Random random, double deviation, ReadOnlySpan<nint> lengths) =>
        Fill(lengths, () =>
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            return deviation * radius * Math.Cos(Math.Tau * random.NextDouble());
        });

    private static Tensor<float> Fill(ReadOnlySpan<nint> lengths, Func<double> next)
    {
        nint count = 1;
        foreach (nint length in lengths)
            count *= length;
        var values = new float[count];
        for (nint i = 0; i < count; ++i)
            values[i] = (float)next();
        return Tensor.Create(values, lengths);
    }
}
