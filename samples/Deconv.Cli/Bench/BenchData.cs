using System.Numerics.Tensors;

namespace Deconv.Samples.Cli.Bench;

/// <summary>Input and weight of a shape: random, the same for everyone who computes it.</summary>
internal sealed class BenchData
{
    private readonly BenchShape shape;

    public BenchData(BenchShape shape)
    {
        this.shape = shape;
        var random = new Random(1);
        Input = Values(random, shape.InputLengths);
        Weight = Values(random, shape.WeightLengths);
    }

    public float[] Input { get; }

    public float[] Weight { get; }

    /// <summary>The input in the type of elements.</summary>
    public Tensor<T> InputOf<T>()
        where T : unmanaged => Tensor.Create(Dtype.Of<T>().Nearest(Input), shape.InputLengths);

    /// <summary>The weight in the type of elements.</summary>
    public Tensor<T> WeightOf<T>()
        where T : unmanaged => Tensor.Create(Dtype.Of<T>().Nearest(Weight), shape.WeightLengths);

    /// <summary>A result as floats.</summary>
    public static float[] Floats<T>(Tensor<T> tensor)
        where T : unmanaged
    {
        var elements = new T[tensor.FlattenedLength];
        tensor.FlattenTo(elements);
        return Dtype.Of<T>().Floats(elements);
    }

    private static float[] Values(Random random, nint[] lengths)
    {
        var values = new float[lengths.Aggregate((product, length) => checked(product * length))];
        for (int i = 0; i < values.Length; ++i)
            values[i] = 2 * random.NextSingle() - 1;
        return values;
    }
}
