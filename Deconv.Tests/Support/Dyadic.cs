namespace Deconv.Tests.Support;

/// <summary>
/// Random multiples of 1/64 in [-2, 2]. Their products and sums of thousands of products are
/// exact in float32, so that every accelerator and variant must give the same bits, whatever the
/// order of the sum and whether or not it is fused.
/// </summary>
internal static class Dyadic
{
    public static float[] Values(Random random, long count)
    {
        var values = new float[count];
        for (long i = 0; i < count; ++i)
            values[i] = random.Next(-128, 129) / 64f;
        return values;
    }
}
