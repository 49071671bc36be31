using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Simd;
using ILGPU;

namespace Deconv.Kernels.Winograd;

/// <summary>
/// Brings a weight into the order of <see cref="WinogradWeights"/>.
/// <para>Ownership: item i takes the channel blocks i, i + items, i + 2 items and so on, and is the
/// only writer of their weights, as they are given and transformed.</para>
/// <para>Preconditions: the CPU accelerator, which runs the method as it is.</para>
/// </summary>
internal static unsafe class WinogradPackKernel<TFormat, TStorage, TSum>
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
{
    public static void Run(ArrayView<TStorage> weight, ArrayView<TSum> packed, ArrayView<int> offsets, WinogradPackParams p)
    {
        TStorage* elements = Addresses.Of(weight);
        TSum* target = Addresses.Of(packed);
        TSum* given = target + p.GivenOffset;
        int items = Grid.DimX * Group.DimX;
        int item = Grid.IdxX * Group.DimX + Group.IdxX;
        int groups = p.Weight.Groups;
        for (int task = item; task < groups * p.ChannelBlocks; task += items)
        {
            int group = task / p.ChannelBlocks;
            int block = task - group * p.ChannelBlocks;
            int channels = Math.Min(p.Weight.GroupOutputChannels - block * RowBlock.Rows, RowBlock.Rows);
            long first = (long)group * p.Weight.GroupInputChannels * p.Strides.Outermost
                + (long)block * RowBlock.Rows * p.Strides.Channel;
            for (int input = 0; input < p.Weight.GroupInputChannels; ++input)
            {
                long offset = first + input * p.Strides.Outermost;
                TFormat.Widen(elements + offset, given + offset, (int)(channels * p.Strides.Channel));
            }

            for (int row = 0; row < p.Weight.Height.Classes; ++row)
            {
                for (int column = 0; column < p.Weight.Width.Classes; ++column)
                {
                    int rows = WinogradAxis.PositionsOf(p.Weight.Height, row);
                    int columns = WinogradAxis.PositionsOf(p.Weight.Width, column);
                    long blockLength = (long)rows * columns * p.Weight.GroupInputChannels * RowBlock.Rows;
                    Pack(
                        given + first + row * p.Strides.Row + column * p.Strides.Column,
                        target + group * p.GroupLength
                            + offsets[row * p.Weight.Width.Classes + column]
                            + block * blockLength,
                        channels,
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
        TSum* given, TSum* target, int channels, Taps rows, Taps columns, in WinogradPackParams p)
    {
        TSum* values = stackalloc TSum[WinogradAxis.MaxTaps * WinogradAxis.MaxTaps * RowBlock.Rows];
        TSum* half = stackalloc TSum[WinogradPhase.MaxPositions * WinogradAxis.MaxTaps * RowBlock.Rows];
        new Span<TSum>(values, WinogradAxis.MaxTaps * WinogradAxis.MaxTaps * RowBlock.Rows).Clear();
        long positionStride = (long)p.Weight.GroupInputChannels * RowBlock.Rows;
        for (int input = 0; input < p.Weight.GroupInputChannels; ++input)
        {
            // In the order of the inputs that they meet, which is the reverse.
            for (int y = 0; y < rows.Count; ++y)
            {
                for (int x = 0; x < columns.Count; ++x)
                {
                    TSum* tap = given + (rows.Count - 1 - y) * rows.Stride + (columns.Count - 1 - x) * columns.Stride;
                    TSum* value = values + (y * columns.Count + x) * RowBlock.Rows;
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

    /// <summary>What the products of <see cref="WinogradFilter{TSum, TSimd, TVector}"/> take of the taps, for eight channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform(int positions, TSum* taps, long tapStride, TSum* target, long stride)
    {
        Vector256<TSum> half = Vector256.Create(TSum.One / TSum.CreateTruncating(2));
        for (int i = 0; i < RowBlock.Rows; i += Vector256<TSum>.Count)
        {
            Vector256<TSum> g0 = Vector256.Load(taps + i);
            if (positions == 4)
            {
                Vector256<TSum> g1 = Vector256.Load(taps + tapStride + i);
                Vector256<TSum> g2 = Vector256.Load(taps + 2 * tapStride + i);
                Vector256<TSum> outer = (g0 + g2) * half;
                Vector256<TSum> inner = g1 * half;
                g0.Store(target + i);
                (outer + inner).Store(target + stride + i);
                (outer - inner).Store(target + 2 * stride + i);
                g2.Store(target + 3 * stride + i);
            }
            else if (positions == 3)
            {
                Vector256<TSum> g1 = Vector256.Load(taps + tapStride + i);
                g0.Store(target + i);
                (g0 + g1).Store(target + stride + i);
                g1.Store(target + 2 * stride + i);
            }
            else
            {
                g0.Store(target + i);
                if (positions == 2)
                    g0.Store(target + stride + i);
            }
        }
    }
}

/// <summary>The launch struct of <see cref="WinogradPackKernel{TFormat, TStorage, TSum}"/>; lengths and strides count elements.</summary>
internal struct WinogradPackParams
{
    public WeightProblem Weight;
    public TensorStrides Strides;
    public int ChannelBlocks;
    public long GroupLength;
    public long GivenOffset;
    public long GivenLength;
}
