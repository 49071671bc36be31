using Deconv.Kernels.Problem;
using ILGPU;

namespace Deconv.Kernels.Gather;

/// <summary>
/// y[n, co, oh, ow] = bias[co] + sum over ci of the group and over the taps (kh, kw) that reach
/// (oh, ow) of x[n, ci, ih, iw] * w[ci, co in group, kh, kw].
/// <para>Ownership: each work item computes OutputsPerItem neighbouring elements of the output,
/// one after the other, and is their only writer.</para>
/// <para>Layout: input, weight and output as in <see cref="KernelProblem"/>; taps holds the
/// height's tap ranges, then the width's.</para>
/// <para>Preconditions: OutputCount is at least 1; every tap range stays inside kernel and input,
/// so that no element outside the footprint is read and no padded zero is multiplied.</para>
/// </summary>
internal static class GatherKernel
{
    public static void Run(
        ArrayView<float> input,
        ArrayView<float> weight,
        ArrayView<float> bias,
        ArrayView<TapRange> taps,
        ArrayView<float> output,
        GatherParams p)
    {
        long item = (long)Grid.IdxX * Group.DimX + Group.IdxX;
        long first = item * p.OutputsPerItem;
        long end = first + p.OutputsPerItem;
        if (end > p.OutputCount)
            end = p.OutputCount;

        for (long index = first; index < end; ++index)
        {
            long row = Divide(index, p.Width.OutputLength);
            int ow = (int)(index - row * p.Width.OutputLength);
            long plane = Divide(row, p.Height.OutputLength);
            int oh = (int)(row - plane * p.Height.OutputLength);
            long sampleGroup = Divide(plane, p.GroupOutputChannels);
            int groupCo = (int)(plane - sampleGroup * p.GroupOutputChannels);
            int g = (int)(sampleGroup - Divide(sampleGroup, p.Groups) * p.Groups);

            TapRange rows = taps[oh];
            TapRange columns = taps[p.Height.OutputLength + ow];

            long inputPlaneSize = (long)p.Height.InputLength * p.Width.InputLength;
            long weightPlaneSize = (long)p.Height.KernelLength * p.Width.KernelLength;
            long inputPlane = sampleGroup * p.GroupInputChannels * inputPlaneSize;
            long weightPlane =
                ((long)g * p.GroupInputChannels * p.GroupOutputChannels + groupCo) * weightPlaneSize;

            float sum = 0f;
            for (int ci = 0; ci < p.GroupInputChannels; ++ci)
            {
                int ih = rows.FirstInput;
                int kh = rows.FirstTap;
                for (int i = 0; i < rows.Count; ++i)
                {
                    long x = inputPlane + (long)ih * p.Width.InputLength + columns.FirstInput;
                    long w = weightPlane + (long)kh * p.Width.KernelLength + columns.FirstTap;
                    for (int j = 0; j < columns.Count; ++j)
                    {
                        sum += input[x] * weight[w];
                        x -= p.Width.InputStep;
                        w += p.Width.TapStep;
                    }

                    ih -= p.Height.InputStep;
                    kh += p.Height.TapStep;
                }

                inputPlane += inputPlaneSize;
                weightPlane += p.GroupOutputChannels * weightPlaneSize;
            }

            if (p.HasBias != 0)
                sum += bias[(long)g * p.GroupOutputChannels + groupCo];
            output[index] = sum;
        }
    }

    /// <summary>
    /// A division of non-negative numbers; 64-bit division is a slow subroutine on GPUs, and most
    /// dividends fit in 32 bits.
    /// </summary>
    private static long Divide(long dividend, int divisor) =>
        dividend <= int.MaxValue ? (int)dividend / divisor : dividend / divisor;
}
