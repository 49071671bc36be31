namespace Deconv.Samples.Upscale;

/// <summary>
/// One axis of an enlargement by a whole factor: which source pixels make an output pixel, with
/// which weights. Weights are fixed-point numbers with <see cref="FractionBits"/> bits, as in
/// Pillow, so that a result can be exact: the same bits on every accelerator.
/// </summary>
internal sealed class Interpolation(Filter filter, int factor)
{
    /// <summary>32 bits less 8 of the pixel and 2 for sums above 1.</summary>
    public const int FractionBits = 22;

    public int Factor { get; } = factor;

    public int Support { get; } = filter.Support;

    /// <summary>Length of the transposed convolution's kernel.</summary>
    public int KernelLength => 2 * Support * Factor - Factor % 2;

    /// <summary>Its padding: an enlargement adds no pixel beyond the picture.</summary>
    public int Padding => (KernelLength - Factor) / 2;

    /// <summary>
    /// The kernel: position t weighs source pixel i in output pixel o = i * factor + t - padding.
    /// </summary>
    public int[] Kernel()
    {
        int[] kernel = new int[KernelLength];

        // A picture just wide enough that the pixels in its middle see no edge.
        int length = 4 * Support;
        for (int output = 2 * Support * Factor; output < (2 * Support + 1) * Factor; ++output)
        {
            (int first, int[] weights) = WeightsAt(output, length);
            for (int j = 0; j < weights.Length; ++j)
            {
                int position = output + Padding - (first + j) * Factor;
                if (position >= 0 && position < kernel.Length)
                    kernel[position] = weights[j];
            }
        }

        return kernel;
    }

    /// <summary>
    /// Whether the filter of an output pixel may reach past an edge of an axis of
    /// <paramref name="length"/> source pixels.
    /// </summary>
    public bool IsAtEdge(int output, int length) =>
        output < Support * Factor || output >= (length - Support) * Factor;

    /// <summary>
    /// The source pixels of an output pixel, and their weights. At an edge, the part of the filter
    /// outside the picture is cut off and the rest is scaled up to a sum of 1.
    /// </summary>
    public (int First, int[] Weights) WeightsAt(int output, int length)
    {
        double center = (output + 0.5) / Factor;
        int first = Math.Max(0, (int)(center - Support + 0.5));
        int end = Math.Min(length, (int)(center + Support + 0.5));
        double[] weights = new double[end - first];
        for (int i = 0; i < weights.Length; ++i)
            weights[i] = filter.Weight(first + i - center + 0.5);

        double sum = weights.Sum();
        return (first, [.. weights.Select(weight => ToFixedPoint(weight / sum))]);
    }

    /// <summary>
    /// Sums weighted pixels that are <paramref name="step"/> apart, rounded to the nearest byte,
    /// halves up, and clipped.
    /// </summary>
    public static byte Weigh(int[] weights, byte[] pixels, int first, int step)
    {
        long sum = 1L << (FractionBits - 1);
        for (int i = 0; i < weights.Length; ++i)
            sum += (long)weights[i] * pixels[first + i * step];
        return (byte)Math.Clamp(sum >> FractionBits, 0, byte.MaxValue);
    }

    private static int ToFixedPoint(double weight) =>
        (int)(weight * (1 << FractionBits) + Math.CopySign(0.5, weight));
}
