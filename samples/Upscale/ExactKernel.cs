using System.Numerics;
using System.Numerics.Tensors;

namespace Deconv.Samples.Upscale;

/// <summary>
/// A fixed-point kernel as whole numbers that float32 sums without rounding. Where the sums fit
/// in the 24 bits of a float32, one part is enough; else the weights are split in two parts, which
/// the convolution computes as two output channels.
/// </summary>
internal sealed class ExactKernel
{
    private const int LowBits = Interpolation.FractionBits / 2;
    private const long ExactLimit = 1 << 24;

    private readonly int droppedBits;

    public ExactKernel(Interpolation interpolation)
    {
        int[] kernel = interpolation.Kernel();
        droppedBits = kernel.Where(weight => weight != 0).Min(BitOperations.TrailingZeroCount);
        long largestSum = Enumerable.Range(0, interpolation.Factor)
            .Max(phase => kernel
                .Where((_, position) => position % interpolation.Factor == phase)
                .Sum(weight => Math.Abs((long)weight)));

        Parts = (largestSum >> droppedBits) * byte.MaxValue < ExactLimit
            ? [Whole(kernel, weight => weight >> droppedBits)]
            : [Whole(kernel, weight => weight >> LowBits), Whole(kernel, weight => weight & ((1 << LowBits) - 1))];
    }

    /// <summary>The kernel, or its high and its low part; every element is a whole number.</summary>
    public float[][] Parts { get; }

    /// <summary>
    /// Rounds sums to the nearest byte, halves up, and clips them.
    /// </summary>
    /// <param name="sums">One run of sums per part, one after the other; overwritten.</param>
    /// <param name="result">As many bytes as one run has sums.</param>
    public void Round(Span<float> sums, Span<byte> result)
    {
        Span<float> high = sums[..result.Length];
        int scaleBits = Interpolation.FractionBits - droppedBits;
        if (Parts.Length == 2)
        {
            // high * 2^11 + low needs more bits than a float32 has, but its upper bits do not.
            Span<float> low = sums[result.Length..];
            TensorPrimitives.Multiply(low, MathF.ScaleB(1, -LowBits), low);
            TensorPrimitives.Floor(low, low);
            TensorPrimitives.Add(high, low, high);
            scaleBits = Interpolation.FractionBits - LowBits;
        }

        TensorPrimitives.Multiply(high, MathF.ScaleB(1, -scaleBits), high);
        TensorPrimitives.Add(high, 0.5f, high);
        TensorPrimitives.ConvertSaturating(high, result);
    }

    private static float[] Whole(int[] kernel, Func<int, int> part) =>
        [.. kernel.Select(weight => (float)part(weight))];
}
