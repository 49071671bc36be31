using Deconv.Kernels.Formats;
using Deconv.Kernels.Launch;
using ILGPU;

namespace Deconv.Kernels.Projection;

/// <summary>
/// y[n, co] = bias[co] + sum over ci of the group of x[n, ci] * w[ci, co in group], for few samples, so that
/// reading the weight is what takes the time.
/// <para>Ownership: a group computes one tile after the other, some output channels of sixteen samples. Work item
/// t sums up channel t % PartItems over the input channels of part t / PartItems; the parts of a sum, as many for every
/// batch, are then added up in their order by one item, the only writer of the output.</para>
/// <para>Layout: a pixel's channels are neighbours in input and output, output channels in the weight. Shared
/// memory has inputs as (part, input channel, sample), then parts of sums as (sample of a quad, work item).</para>
/// <para>Preconditions: groups of PartItems * Parts items, at most MaxGroupSize. Samples past the last one repeat it
/// and are not stored, and input channels past a part's last one are not multiplied.</para>
/// </summary>
internal static class ProjectionKernel
{
    public const int MaxGroupSize = 256;
    public const int MaxParts = 8;

    /// <summary>Samples of a tile, in quads.</summary>
    public const int SampleQuads = 4;
    public const int Samples = 4 * SampleQuads;

    /// <summary>Input channels of a part whose weights an item asks for at once.</summary>
    public const int Depth = 16;

    public static void Run<TFormat, TStorage, TSum>(
        ArrayView<TStorage> input,
        ArrayView<TStorage> weight,
        ArrayView<TStorage> bias,
        ArrayView<TStorage> output,
        ProjectionParams p)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
        where TSum : unmanaged
    {
        ArrayView<FourValues<TSum>> quads = SharedMemory.Allocate<FourValues<TSum>>(MaxParts * Depth * SampleQuads);
        ArrayView<TSum> numbers = quads.Cast<TSum>();
        int lane = Group.IdxX % p.PartItems;
        int part = Group.IdxX / p.PartItems;
        int firstOfPart = Parts.Start(p.GroupInputChannels, part, p.Parts);
        int endOfPart = Parts.Start(p.GroupInputChannels, part + 1, p.Parts);
        int longestPart = (p.GroupInputChannels + p.Parts - 1) / p.Parts;
        for (int number = Grid.IdxX; number < p.TileCount; number += Grid.DimX)
        {
            int upToChannel = number / p.SampleTiles;
            int firstSample = (number - upToChannel * p.SampleTiles) * Samples;
            int group = upToChannel / p.ChannelTiles;
            int channel = (upToChannel - group * p.ChannelTiles) * p.PartItems + lane;
            int samples = Math.Min(p.Batch - firstSample, Samples);
            int sampleQuads = (samples + 3) / 4;
            int inputStart = firstSample * p.Groups * p.GroupInputChannels + group * p.GroupInputChannels;
            ArrayView<TStorage> channelWeight = weight.SubView(
                group * p.GroupInputChannels * p.GroupOutputChannels + Math.Min(channel, p.GroupOutputChannels - 1));
            SampleSums<TSum> sum = default;
            for (int done = 0; done < longestPart; done += Depth)
            {
                // On their way while the group brings the inputs.
                int first = firstOfPart + done;
                FourValues<TStorage> weights0 = Load(channelWeight, first, p);
                FourValues<TStorage> weights1 = Load(channelWeight, first + 4, p);
                FourValues<TStorage> weights2 = Load(channelWeight, first + 8, p);
                FourValues<TStorage> weights3 = Load(channelWeight, first + 12, p);

                // The group has used what is there. Barriers come before loads and never behind them: at O2 ILGPU
                // lets loads sink below the barrier that ends their block.
                Group.Barrier();
                int i = Group.IdxX;
                do
                {
                    int ofPart = i / (Depth * Samples) % p.Parts;
                    int ci = Parts.Start(p.GroupInputChannels, ofPart, p.Parts) + done + i / Samples % Depth;
                    int n = Math.Min(i % Samples, samples - 1);
                    numbers[ofPart * Depth * Samples + i % (Depth * Samples)] = TFormat.Widen(input[
                        inputStart + n * p.Groups * p.GroupInputChannels + Math.Min(ci, p.GroupInputChannels - 1)]);
                    i += Group.DimX;
                }
                while (i < p.Parts * Depth * Samples);

                Group.Barrier();
                ArrayView<FourValues<TSum>> inputs = quads.SubView(part * Depth * SampleQuads);
                int left = endOfPart - first;
                sum = SampleSums<TSum>.MultiplyAdd<TFormat, TStorage>(sum, weights0, inputs, left, sampleQuads);
                sum = SampleSums<TSum>.MultiplyAdd<TFormat, TStorage>(
                    sum, weights1, inputs.SubView(4 * SampleQuads), left - 4, sampleQuads);
                sum = SampleSums<TSum>.MultiplyAdd<TFormat, TStorage>(
                    sum, weights2, inputs.SubView(8 * SampleQuads), left - 8, sampleQuads);
                sum = SampleSums<TSum>.MultiplyAdd<TFormat, TStorage>(
                    sum, weights3, inputs.SubView(12 * SampleQuads), left - 12, sampleQuads);
            }

            for (int quad = 0; quad < sampleQuads; ++quad)
            {
                FourValues<TSum> four = SampleSums<TSum>.At(sum, quad);
                Group.Barrier();
                numbers[Group.IdxX] = four.X;
                numbers[Group.DimX + Group.IdxX] = four.Y;
                numbers[2 * Group.DimX + Group.IdxX] = four.Z;
                numbers[3 * Group.DimX + Group.IdxX] = four.W;
                Group.Barrier();
                for (int i = Group.IdxX; i < 4 * p.PartItems; i += Group.DimX)
                {
                    int ofQuad = i / p.PartItems;
                    int n = firstSample + quad * 4 + ofQuad;
                    int co = channel - lane + i - ofQuad * p.PartItems;
                    if (n < p.Batch && co < p.GroupOutputChannels)
                    {
                        ArrayView<TSum> source = numbers.SubView(ofQuad * Group.DimX + i - ofQuad * p.PartItems);
                        TSum total = source[0];
                        for (int other = 1; other < p.Parts; ++other)
                            total = TFormat.Add(total, source[other * p.PartItems]);
                        int place = group * p.GroupOutputChannels + co;
                        if (p.ChannelsPerBias != 0)
                            total = TFormat.Add(total, TFormat.Widen(bias[place / p.ChannelsPerBias]));
                        output[n * p.Groups * p.GroupOutputChannels + place] = TFormat.Round(total);
                    }
                }
            }
        }
    }

    /// <summary>Reads the weights of four input channels; past the last, those of the last.</summary>
    private static FourValues<TStorage> Load<TStorage>(ArrayView<TStorage> weight, int channel, ProjectionParams p)
        where TStorage : unmanaged
    {
        int last = p.GroupInputChannels - 1;
        FourValues<TStorage> weights = default;
        weights.X = weight[Math.Min(channel, last) * p.GroupOutputChannels];
        weights.Y = weight[Math.Min(channel + 1, last) * p.GroupOutputChannels];
        weights.Z = weight[Math.Min(channel + 2, last) * p.GroupOutputChannels];
        weights.W = weight[Math.Min(channel + 3, last) * p.GroupOutputChannels];
        return weights;
    }
}
