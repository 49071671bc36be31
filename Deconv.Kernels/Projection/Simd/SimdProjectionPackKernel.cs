using System.Numerics;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Simd;
using ILGPU;

namespace Deconv.Kernels.Projection.Simd;

/// <summary>
/// Brings a weight into the order of <see cref="SimdProjectionWeights"/>.
/// <para>Ownership: item i takes the runs of blocks i, i + items, i + 2 items and so on, and is the only
/// writer of their weights.</para>
/// <para>Preconditions: the CPU accelerator, which runs the method as it is.</para>
/// </summary>
internal static unsafe class SimdProjectionPackKernel<TFormat, TStorage, TSum, TSimd, TVector>
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ArrayView<TStorage> weight, ArrayView<TSum> packed, SimdProjectionPackParams p)
    {
        TStorage* elements = Addresses.Of(weight);
        TSum* target = Addresses.Of(packed);
        int items = Grid.DimX * Group.DimX;
        for (int task = Grid.IdxX * Group.DimX + Group.IdxX; task < p.Groups * p.Runs; task += items)
        {
            int group = task / p.Runs;
            int first = (task - group * p.Runs) * p.RunChannels;
            Pack(
                elements + (long)group * p.GroupInputChannels * p.GroupOutputChannels + first,
                target + group * p.GroupLength + (long)first * p.GroupInputChannels,
                Math.Min(p.RunChannels, p.GroupOutputChannels - first),
                p);
        }
    }

    /// <summary>Input channels run slowest, so that what is read lies side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(TStorage* weight, TSum* packed, int channels, SimdProjectionPackParams p)
    {
        int blockWidth = SimdLanes<TSimd, TVector, TSum>.BlockWidth();
        for (int input = 0; input < p.GroupInputChannels; ++input)
        {
            TSum* block = packed;
            for (int first = 0; first < channels; first += blockWidth)
            {
                int count = Math.Min(blockWidth, channels - first);
                int width = SimdLanes<TSimd, TVector, TSum>.WidthOf(count);
                TSum* target = block + (long)input * width;
                if (TFormat.IsPlain)
                    SimdLanes<TSimd, TVector, TSum>.Copy((TSum*)weight + first, target, count);
                else
                    TFormat.Widen(weight + first, target, count);
                for (int lane = count; lane < width; ++lane)
                    target[lane] = default;
                block += (long)p.GroupInputChannels * blockWidth;
            }

            weight += p.GroupOutputChannels;
        }
    }
}

/// <summary>The launch struct of <see cref="SimdProjectionPackKernel{TFormat, TStorage, TSum, TSimd, TVector}"/>.</summary>
internal struct SimdProjectionPackParams
{
    public int Groups;

    /// <summary>Runs of neighbouring blocks in a group, and the output channels of each but the last.</summary>
    public int Runs;

    public int RunChannels;
    public int GroupInputChannels;
    public int GroupOutputChannels;

    /// <summary>Packed weight of a group.</summary>
    public long GroupLength;
}
