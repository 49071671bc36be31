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
    public static void Run<TElement>(
        ArrayView<TElement> weight, ArrayView<int> sources, ArrayView<TElement> packed, TiledPackParams p)
        where TElement : unmanaged
    {
        long item = (long)Grid.IdxX * Group.DimX + Group.IdxX;
        long end = Math.Min((item + 1) * p.ElementsPerItem, p.Length);
        for (long i = item * p.ElementsPerItem; i < end; ++i)
        {
            long blockLength = (long)p.Depth * p.PackedOutputChannels;
            long upToBlock = i / blockLength;
            long inBlock = i - upToBlock * blockLength;
            int upToRun = (int)(inBlock / p.RunLength);
            int inRun = (int)(inBlock - (long)upToRun * p.RunLength);
            long upToTap = upToBlock / p.InputBlocks;
            int block = (int)(upToBlock - upToTap * p.InputBlocks);
            int group = (int)(upToTap / p.TapCount);
            int tap = (int)(upToTap - (long)group * p.TapCount);
            int outputChannel = p.RunIsInputChannels != 0 ? upToRun : inRun;
            int inputChannel = block * p.Depth + (p.RunIsInputChannels != 0 ? inRun : upToRun);
            TElement value = default;
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

    /// <summary>Blocks of input channels of a group, and channels of one.</summary>
    public int InputBlocks;
    public int Depth;

    /// <summary>Output channels of a group in the packed weight.</summary>
    public int PackedOutputChannels;

    /// <summary>Channels side by side in a block; whether (1) or not (0) they are input channels.</summary>
    public int RunLength;
    public int RunIsInputChannels;

    public long InputStride;
    public long OutputStride;
}
