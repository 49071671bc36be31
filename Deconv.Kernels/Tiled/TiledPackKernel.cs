using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// Brings a weight into the order of <see cref="TiledWeights"/>.
/// <para>Ownership: item i writes the elements i * ElementsPerItem and so on of the packed weight.</para>
/// <para>Layout: the weight lies as the strides of <see cref="TiledPackParams"/> say; sources holds, for
/// each tap in its packed order, where it lies.</para>
/// </summary>
internal static class TiledPackKernel
{
    public static void Run(
        ArrayView<float> weight, ArrayView<int> sources, ArrayView<float> packed, TiledPackParams p)
    {
        long item = (long)Grid.IdxX * Group.DimX + Group.IdxX;
        long end = Math.Min((item + 1) * p.ElementsPerItem, p.Length);
        for (long i = item * p.ElementsPerItem; i < end; ++i)
        {
            long upToInput = i / p.PackedOutputChannels;
            int outputChannel = (int)(i - upToInput * p.PackedOutputChannels);
            long upToTap = upToInput / p.PackedInputChannels;
            int inputChannel = (int)(upToInput - upToTap * p.PackedInputChannels);
            int group = (int)(upToTap / p.TapCount);
            int tap = (int)(upToTap - (long)group * p.TapCount);
            float value = 0f;
            if (inputChannel < p.GroupInputChannels && outputChannel < p.GroupOutputChannels)
            {
                value = weight[
                    ((long)group * p.GroupInputChannels + inputChannel) * p.InputStride
                    + outputChannel * p.OutputStride
                    + sources[tap]];
            }

            packed[i] = value;
        }
    }
}

/// <summary>The launch struct of <see cref="TiledPackKernel"/>; strides count elements of the weight.</summary>
internal struct TiledPackParams
{
    public long Length;
    public long ElementsPerItem;
    public int TapCount;
    public int GroupInputChannels;
    public int GroupOutputChannels;

    /// <summary>Channels of a group in the packed weight.</summary>
    public int PackedInputChannels;
    public int PackedOutputChannels;

    public long InputStride;
    public long OutputStride;
}
