using Deconv.Kernels.Formats;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// y[i] = bias[channel of i] + the parts of the sum i, in their order.
/// <para>Ownership: item i writes the outputs i * OutputsPerItem and so on.</para>
/// <para>Layout: parts are [part][output], outputs as the strides of <see cref="SplitSumParams"/> say.</para>
/// </summary>
internal static class SplitSumKernel
{
    public static void Run<TElement, TFormat>(
        ArrayView<float> parts, ArrayView<TElement> bias, ArrayView<TElement> output, SplitSumParams p)
        where TElement : unmanaged
        where TFormat : struct, IFormat<TElement, float>
    {
        long item = (long)Grid.IdxX * Group.DimX + Group.IdxX;
        long end = Math.Min((item + 1) * p.OutputsPerItem, p.OutputCount);
        for (long i = item * p.OutputsPerItem; i < end; ++i)
        {
            float sum = parts[i];
            for (int part = 1; part < p.Splits; ++part)
                sum += parts[part * p.OutputCount + i];
            if (p.ChannelsPerBias != 0)
                sum += TFormat.Widen(bias[i / p.ChannelStride % p.Channels / p.ChannelsPerBias]);
            output[i] = TFormat.Round(sum);
        }
    }
}

/// <summary>The launch struct of <see cref="SplitSumKernel"/>.</summary>
internal struct SplitSumParams
{
    public long OutputCount;
    public long OutputsPerItem;
    public int Splits;
    /// <summary>Neighbouring output channels that share an element of the bias; 0 without a bias.</summary>
    public int ChannelsPerBias;
    public int Channels;

    /// <summary>Distance between output channels.</summary>
    public long ChannelStride;
}
