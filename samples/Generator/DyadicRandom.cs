namespace Deconv.Samples.Generator;

/// <summary>
/// Normally distributed numbers on a grid of powers of two, the same on every machine: sums of
/// whole numbers, no logarithm, no cosine.
/// </summary>
internal sealed class DyadicRandom(int seed)
{
    private const int Terms = 12;
    private const int Span = 32;

    private readonly Random random = new(seed);

    /// <summary>Draws numbers with a deviation, rounded to multiples of 1 / steps.</summary>
    public float[] Normal(int count, float deviation, int steps)
    {
        // A sum of 12 uniform numbers in [-32, 32] has a deviation of 65.
        float scale = deviation * steps / (2 * Span + 1);
        var values = new float[count];
        for (int i = 0; i < count; ++i)
        {
            int sum = 0;
            for (int term = 0; term < Terms; ++term)
                sum += random.Next(-Span, Span + 1);
            values[i] = MathF.Round(sum * scale) / steps;
        }

        return values;
    }
}
