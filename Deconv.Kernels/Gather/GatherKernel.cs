using Deconv.Kernels.Formats;
using Deconv.Kernels.Problem;
using ILGPU;

namespace Deconv.Kernels.Gather;

/// <summary>
/// y[n, co, oh, ow] = bias[co] + sum over ci of the group and over the taps (kh, kw) that reach
/// (oh, ow) of x[n, ci, ih, iw] * w[ci, co in group, kh, kw].
/// <para>Ownership: each work item computes OutputsPerItem elements that are neighbours in memory,
/// one after the other, and is their only writer.</para>
/// <para>Layout: input and weight lie as the strides of <see cref="GatherParams"/> say, the output
/// as <see cref="TensorLayout"/>; taps holds the height's tap ranges, then the width's.</para>
/// <para>Preconditions: OutputCount is at least 1; every tap range stays inside kernel and input,
/// so that no element outside the footprint is read and no padded zero is multiplied.</para>
/// </summary>
internal static class GatherKernel
{
    public static void Run<TFormat, TStorage, TSum>(
        ArrayView<TStorage> input,
        ArrayView<TStorage> weight,
        ArrayView<TStorage> bias,
        ArrayView<TapRange> taps,
        ArrayView<TStorage> output,
        GatherParams p)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
        where TSum : unmanaged
    {
        bool isLast = p.IsChannelsLast != 0;
        int length1 = isLast ? p.Height.OutputLength : p.OutputChannels;
        int length2 = isLast ? p.Width.OutputLength : p.Height.OutputLength;
        int length3 = isLast ? p.OutputChannels : p.Width.OutputLength;

        long item = (long)Grid.IdxX * Group.DimX + Group.IdxX;
        long first = item * p.OutputsPerItem;
        long end = first + p.OutputsPerItem;
        if (end > p.OutputCount)
            end = p.OutputCount;

        for (long index = first; index < end; ++index)
        {
            long upTo2 = Divide(index, length3);
            int index3 = (int)(index - upTo2 * length3);
            long upTo1 = Divide(upTo2, length2);
            int index2 = (int)(upTo2 - upTo1 * length2);
            long n = Divide(upTo1, length1);
            int index1 = (int)(upTo1 - n * length1);

            int co = isLast ? index3 : index1;
            int oh = isLast ? index1 : index2;
            int ow = isLast ? index2 : index3;
            int g = co / p.GroupOutputChannels;
            int groupCo = co - g * p.GroupOutputChannels;
            long firstCi = (long)g * p.GroupInputChannels;

            TapRange rows = taps[oh];
            TapRange columns = taps[p.Height.OutputLength + ow];
            long xChannel = n * p.InputSampleStride + firstCi * p.InputChannelStride
                + rows.FirstInput * p.Height.InputStride + columns.FirstInput * p.Width.InputStride;
            long wChannel = firstCi * p.WeightInputStride + groupCo * p.WeightOutputStride
                + rows.FirstTap * p.Height.WeightStride + columns.FirstTap * p.Width.WeightStride;

            TSum sum = default;
            for (int ci = 0; ci < p.GroupInputChannels; ++ci)
            {
                long xRow = xChannel;
                long wRow = wChannel;
                for (int i = 0; i < rows.Count; ++i)
                {
                    long x = xRow;
                    long w = wRow;
                    for (int j = 0; j < columns.Count; ++j)
                    {
                        sum = TFormat.MultiplyAdd(sum, TFormat.Widen(input[x]), TFormat.Widen(weight[w]));
                        x -= p.Width.InputStep;
                        w += p.Width.WeightStep;
                    }

                    xRow -= p.Height.InputStep;
                    wRow += p.Height.WeightStep;
                }

                xChannel += p.InputChannelStride;
                wChannel += p.WeightInputStride;
            }

            if (p.ChannelsPerBias != 0)
                sum = TFormat.Add(sum, TFormat.Widen(bias[co / p.ChannelsPerBias]));
            output[index] = TFormat.Round(sum);
        }
    }

    /// <summary>
    /// A division of non-negative numbers; 64-bit division is a slow subroutine on GPUs, and most
    /// dividends fit in 32 bits.
    /// </summary>
    private static long Divide(long dividend, int divisor) =>
        dividend <= int.MaxValue ? (int)dividend / divisor : dividend / divisor;
}
