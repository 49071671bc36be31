namespace Deconv.Tests.Support;

/// <summary>Numbers of the normal distribution with deviation 1: ordinary data, whose sums are rounded.</summary>
internal static class NormalValues
{
    public static float Next(Random random) => (float)(
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    public static float[] Draw(int seed, long count)
    {
        var random = new Random(seed);
        var values = new float[count];
        foreach (ref float value in values.AsSpan())
            value = Next(random);
        return values;
    }
}
