namespace Deconv.Samples.Cli.Bench;

/// <summary>Input and weight of a shape: random, the same for everyone who computes it.</summary>
internal sealed class BenchData
{
    public BenchData(BenchShape shape)
    {
        var random = new Random(1);
        Input = Values(random, shape.InputLengths);
        Weight = Values(random, shape.WeightLengths);
    }

    public float[] Input { get; }

    public float[] Weight { get; }

    private static float[] Values(Random random, nint[] lengths)
    {
        var values = new float[lengths.Aggregate((product, length) => checked(product * length))];
        for (int i = 0; i < values.Length; ++i)
            values[i] = 2 * random.NextSingle() - 1;
        return values;
    }
}
