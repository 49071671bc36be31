using ILGPU;

namespace Deconv.Kernels.Shared;

/// <summary>
/// Which slice of a tile's sum it is: a block of input channels at one tap. Columns of taps run
/// fastest, then rows, then blocks, so that the taps of a block, which lie together in a weight
/// with channels first and overlap in the input, are read soon after each other.
/// </summary>
internal struct SliceCursor
{
    public int FirstChannel;
    public int RowTap;
    public int ColumnTap;

    public static SliceCursor Next(SliceCursor slice, SharedTile tile)
    {
        ++slice.ColumnTap;
        if (slice.ColumnTap == tile.ColumnPhase.TapCount)
        {
            slice.ColumnTap = 0;
            ++slice.RowTap;
        }

        if (slice.RowTap == tile.RowPhase.TapCount)
        {
            slice.RowTap = 0;
            slice.FirstChannel += SharedKernel.Depth;
        }

        return slice;
    }

    /// <summary>Number of input channels.</summary>
    public static int Depth(SliceCursor slice, SharedParams p) =>
        Math.Min(SharedKernel.Depth, p.GroupInputChannels - slice.FirstChannel);

    /// <summary>Reads the slice, of a pixel's inputs and a channel's weights from their starts on.</summary>
    public static StagedSlice<TStorage> Load<TStorage>(
        SliceCursor slice, SharedTile tile, ArrayView<TStorage> input, ArrayView<TStorage> weight, SharedParams p)
        where TStorage : unmanaged
    {
        int inputOffset = slice.FirstChannel * p.InputChannelStride
            + (tile.RowPhase.TapCount - 1 - slice.RowTap) * p.Height.InputStep
            + (tile.ColumnPhase.TapCount - 1 - slice.ColumnTap) * p.Width.InputStep;
        int weightOffset = slice.FirstChannel * p.WeightInputStride
            + slice.RowTap * p.Height.WeightStep
            + slice.ColumnTap * p.Width.WeightStep;
        return StagedSlice<TStorage>.Load(
            input.SubView(inputOffset),
            p.InputChannelStride,
            weight.SubView(weightOffset),
            p.WeightInputStride,
            Depth(slice, p));
    }
}
