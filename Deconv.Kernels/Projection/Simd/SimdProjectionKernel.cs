using System.Numerics;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Simd;
using ILGPU;

namespace Deconv.Kernels.Projection.Simd;

/// <summary>
/// y = x W for samples of one pixel: lanes are output channels, so that a vector of weights is read once for
/// eight samples, straight through, and sums are stored as they are.
/// <para>Ownership: an item takes the next task as soon as it is done with one; which item takes it changes no
/// result. A task is the only writer of its outputs: those of its pass, in its blocks of channels.</para>
/// <para>Layout: weights as <see cref="SimdProjectionPackKernel{TFormat, TStorage, TSum, TSimd, TVector}"/> writes
/// them; scratch is [block of samples][input channel][sample], the sums of a block, and its biases.</para>
/// <para>Preconditions: the CPU accelerator, which runs the method as it is.</para>
/// </summary>
internal static unsafe class SimdProjectionKernel<TFormat, TStorage, TSum, TSimd, TVector>
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
{
    /// <summary>Addresses of the memory of one work item, and the samples at hand.</summary>
    private struct Item
    {
        public TStorage* Input;
        public TSum* Weights;
        public TStorage* Bias;
        public TStorage* Output;
        public TSum* Samples;
        public TSum* Sums;
        public TSum* Biases;

        public int Group;
        public int FirstSample;
        public int SampleCount;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        ArrayView<TStorage> input,
        ArrayView<TSum> weights,
        ArrayView<TStorage> bias,
        ArrayView<TStorage> output,
        ArrayView<TSum> scratch,
        ArrayView<int> counter,
        int firstCount,
        SimdProjectionParams p)
    {
        TSum* own = Addresses.Of(scratch) + (Grid.IdxX * Group.DimX + Group.IdxX) * p.ScratchLength;
        var item = new Item
        {
            Input = Addresses.Of(input),
            Weights = Addresses.Of(weights),
            Bias = Addresses.Of(bias),
            Output = Addresses.Of(output),
            Samples = CacheLines.StartOf(own),
        };
        item.Sums = item.Samples + (long)p.SamplesOfPass * p.GroupInputChannels;
        item.Biases = item.Sums + RowBlock.Rows * SimdLanes<TSimd, TVector, TSum>.BlockWidth();
        int packed = -1;

        // Each item counts once past the last task, so the counter ends where the next launch expects it.
        for (int task = Atomic.Add(ref counter[0], 1) - firstCount;
            task < p.TaskCount;
            task = Atomic.Add(ref counter[0], 1) - firstCount)
        {
            int samples = task / p.BlockParts;
            int part = task - samples * p.BlockParts;
            if (samples != packed)
            {
                int pass = samples / p.Groups;
                item.Group = samples - pass * p.Groups;
                item.FirstSample = pass * p.SamplesOfPass;
                item.SampleCount = Math.Min(p.SamplesOfPass, p.Batch - item.FirstSample);
                PackSamples(in item, in p);
                packed = samples;
            }

            int endBlock = Parts.Start(p.Blocks, part + 1, p.BlockParts);
            for (int block = Parts.Start(p.Blocks, part, p.BlockParts); block < endBlock; ++block)
                Project(in item, block, in p);
        }
    }

    /// <summary>Rows of the last block that are past the batch become zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackSamples(in Item item, in SimdProjectionParams p)
    {
        TSum* block = item.Samples;
        for (int first = 0; first < item.SampleCount; first += RowBlock.Rows)
        {
            for (int row = 0; row < RowBlock.Rows; ++row)
            {
                bool isInside = first + row < item.SampleCount;
                TStorage* sample = item.Input
                    + ((long)(item.FirstSample + first + row) * p.Groups + item.Group) * p.GroupInputChannels;
                for (int channel = 0; channel < p.GroupInputChannels; ++channel)
                    block[channel * RowBlock.Rows + row] = isInside ? TFormat.Widen(sample[channel]) : default;
            }

            block += p.GroupInputChannels * RowBlock.Rows;
        }
    }

    /// <summary>The outputs of a block of channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Project(in Item item, int block, in SimdProjectionParams p)
    {
        int blockWidth = SimdLanes<TSimd, TVector, TSum>.BlockWidth();
        int channels = Math.Min(blockWidth, p.GroupOutputChannels - block * blockWidth);
        int width = SimdLanes<TSimd, TVector, TSum>.WidthOf(channels);
        var product = new ProductWork
        {
            Width = width,
            PanelStep = width,
            Runs = 1,
            RunLength = p.GroupInputChannels,
        };
        long firstChannel = (long)item.Group * p.GroupOutputChannels + block * blockWidth;
        if (p.ChannelsPerBias != 0)
            SpreadBias(in item, firstChannel, channels, p.ChannelsPerBias);
        TSum* weights = item.Weights + item.Group * p.GroupWeightLength + (long)block * blockWidth * p.GroupInputChannels;
        TSum* samples = item.Samples;
        long stride = (long)p.Groups * p.GroupOutputChannels;
        TStorage* target = item.Output + item.FirstSample * stride + firstChannel;
        for (int rest = item.SampleCount; rest > 0; rest -= RowBlock.Rows)
        {
            int rows = Math.Min(rest, RowBlock.Rows);
            SimdProduct<TSimd, TVector, TSum>.Run(rows, samples, weights, item.Sums, in product);
            for (int row = 0; row < rows; ++row)
            {
                Store(item.Sums + row * product.Width, p.ChannelsPerBias != 0 ? item.Biases : null, target, channels);
                target += stride;
            }

            samples += p.GroupInputChannels * RowBlock.Rows;
        }
    }

    /// <summary>A line of biases, one for each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SpreadBias(in Item item, long firstChannel, int channels, int channelsPerBias)
    {
        TStorage* bias = item.Bias + firstChannel / channelsPerBias;
        var sharing = (int)(channelsPerBias - firstChannel % channelsPerBias);
        for (int lane = 0; lane < channels; ++lane)
        {
            item.Biases[lane] = TFormat.Widen(*bias);
            if (--sharing == 0)
            {
                ++bias;
                sharing = channelsPerBias;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TSum* sums, TSum* biases, TStorage* target, int channels)
    {
        if (biases != null)
        {
            for (int lane = 0; lane < channels; lane += TSimd.Count)
                TSimd.Store(TSimd.Add(TSimd.Load(sums + lane), TSimd.Load(biases + lane)), sums + lane);
        }

        if (TFormat.IsPlain)
            SimdLanes<TSimd, TVector, TSum>.Copy(sums, (TSum*)target, channels);
        else
            TFormat.Round(sums, target, channels);
    }
}
