using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Simd;
using ILGPU;

namespace Deconv.Kernels.Winograd;

/// <summary>
/// Brings a weight into the order of <see cref="WinogradWeights"/>.
/// <para>Ownership: item i takes the channel blocks i, i + items, i + 2 items and so on, and is the
/// only writer of their weights; and its share of the weight as it is given.</para>
/// <para>Preconditions: the CPU accelerator, which runs the method as it is.</para>
/// </summary>
internal static unsafe class WinogradPackKernel
{
    public static void Run(ArrayView<float> weight, ArrayView<float> packed, ArrayView<int> offsets, WinogradPackParams p)
    {
        float* given = (float*)Unsafe.AsPointer(ref weight[0]);
        float* target = (float*)Unsafe.AsPointer(ref packed[0]);
        int items = Grid.DimX * Group.DimX;
        int item = Grid.IdxX * Group.DimX + Group.IdxX;
        long first = p.GivenLength * item / items;
        long end = p.GivenLength * (item + 1) / items;
        Buffer.MemoryCopy(
            given + first, target + p.GivenOffset + first, (end - first) * sizeof(float), (end - first) * sizeof(float));
        int groups = p.Weight.Groups;
        for (int task = item; task < groups * p.ChannelBlocks; task += items)
        {
            int group = task / p.ChannelBlocks;
            int block = task - group * p.ChannelBlocks;
            for (int row = 0; row < p.Weight.Height.Classes; ++row)
            {
                for (int column = 0; column < p.Weight.Width.Classes; ++column)
                {
                    int rows = WinogradAxis.PositionsOf(p.Weight.Height, row);
                    int columns = WinogradAxis.PositionsOf(p.Weight.Width, column);
                    long blockLength = (long)rows * columns * p.Weight.GroupInputChannels * RowBlock.Rows;
                    Pack(
                        given + (long)group * p.Weight.GroupInputChannels * p.Strides.Outermost
                            + (long)block * RowBlock.Rows * p.Strides.Channel
                            + row * p.Strides.Row
                            + column * p.Strides.Column,
                        target + group * p.GroupLength
                            + offsets[row * p.Weight.Width.Classes + column]
                            + block * blockLength,
                        Math.Min(p.Weight.GroupOutputChannels - block * RowBlock.Rows, RowBlock.Rows),
                        new(rows, p.Weight.Height.TapsOf(row), p.Weight.Height.TapStep * p.Strides.Row),
                        new(columns, p.Weight.Width.TapsOf(column), p.Weight.Width.TapStep * p.Strides.Column),
                        in p);
                }
            }
        }
    }

    /// <summary>One axis of a residue class: positions, taps, and the distance between taps.</summary>
    private readonly record struct Taps(int Positions, int Count, long Stride);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(
        float* given, float* target, int channels, Taps rows, Taps columns, in WinogradPackParams p)
    {
        float* values = stackalloc float[WinogradAxis.MaxTaps * WinogradAxis.MaxTaps * RowBlock.Rows];
        float* half = stackalloc float[WinogradPhase.MaxPositions * WinogradAxis.MaxTaps * RowBlock.Rows];
        new Span<float>(values, WinogradAxis.MaxTaps * WinogradAxis.MaxTaps * RowBlock.Rows).Clear();
        long positionStride = (long)p.Weight.GroupInputChannels * RowBlock.Rows;
        for (int input = 0; input < p.Weight.GroupInputChannels; ++input)
        {
            // In the order of the inputs that they meet, which is the reverse.
            for (int y = 0; y < rows.Count; ++y)
            {
                for (int x = 0; x < columns.Count; ++x)
                {
                    float* tap = given + (rows.Count - 1 - y) * rows.Stride + (columns.Count - 1 - x) * columns.Stride;
                    float* value = values + (y * columns.Count + x) * RowBlock.Rows;
                    for (int channel = 0; channel < channels; ++channel)
                        value[channel] = tap[channel * p.Strides.Channel];
                }
            }

            for (int x = 0; x < columns.Count; ++x)
            {
                Transform(
                    rows.Positions,
                    values + x * RowBlock.Rows,
                    columns.Count * RowBlock.Rows,
                    half + x * RowBlock.Rows,
                    columns.Count * RowBlock.Rows);
            }

            for (int y = 0; y < rows.Positions; ++y)
            {
                Transform(
                    columns.Positions,
                    half + y * columns.Count * RowBlock.Rows,
                    RowBlock.Rows,
                    target + y * columns.Positions * positionStride,
                    positionStride);
            }

            given += p.Strides.Outermost;
            target += RowBlock.Rows;
        }
    }

    /// <summary>What the products of <see cref="WinogradFilter{TSimd, TVector}"/> take of the taps, for eight channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform(int positions, float* taps, long tapStride, float* target, long stride)
    {
        Vector256<float> g0 = Vector256.Load(taps);
        if (positions == 4)
        {
            Vector256<float> g1 = Vector256.Load(taps + tapStride);
            Vector256<float> g2 = Vector256.Load(taps + 2 * tapStride);
            Vector256<float> outer = (g0 + g2) * 0.5f;
            Vector256<float> inner = g1 * 0.5f;
            g0.Store(target);
            (outer + inner).Store(target + stride);
            (outer - inner).Store(target + 2 * stride);
            g2.Store(target + 3 * stride);
        }
        else if (positions == 3)
        {
            Vector256<float> g1 = Vector256.Load(taps + tapStride);
            g0.Store(target);
            (g0 + g1).Store(target + stride);
            g1.Store(target + 2 * stride);
        }
        else
        {
            g0.Store(target);
            if (positions == 2)
                g0.Store(target + stride);
        }
    }
}

/// <summary>The launch struct of <see cref="WinogradPackKernel"/>; lengths and strides count elements.</summary>
internal struct WinogradPackParams
{
    public WeightProblem Weight;
    public TensorStrides Strides;
    public int ChannelBlocks;
    public long GroupLength;
    public long GivenOffset;
    public long GivenLength;
}
