using Deconv.Kernels.Regions;
using ILGPU;

namespace Deconv.Kernels.Shared;

/// <summary>
/// What a group computes at a time: consecutive pixels of one phase of one region (counted through
/// its samples, rows and columns), for consecutive output channels of one convolution group.
/// </summary>
internal struct SharedTile
{
    public SharedRegion Region;
    public RunPhase RowPhase;
    public RunPhase ColumnPhase;
    public int FirstPixel;
    public int Group;

    /// <summary>First output channel, counted within the group.</summary>
    public int FirstChannel;

    /// <summary>
    /// Tiles are numbered region by region; channels run fastest, then phases, which read the same
    /// inputs and write neighbouring outputs, then pixels.
    /// </summary>
    public static SharedTile Find(
        int number, ArrayView<SharedRegion> regions, ArrayView<RunPhase> phases, SharedParams p)
    {
        int low = 0;
        int high = p.RegionCount;
        while (high - low > 1)
        {
            int middle = (low + high) >> 1;
            if (regions[middle].FirstTile <= number)
                low = middle;
            else
                high = middle;
        }

        SharedRegion region = regions[low];
        int rest = number - region.FirstTile;
        int channelTiles = p.Groups * p.GroupTiles;
        int upToPhase = rest / channelTiles;
        int channelTile = rest - upToPhase * channelTiles;
        int upToRowPhase = upToPhase / region.Columns.PhaseCount;
        int columnPhase = upToPhase - upToRowPhase * region.Columns.PhaseCount;
        int pixelTile = upToRowPhase / region.Rows.PhaseCount;
        int rowPhase = upToRowPhase - pixelTile * region.Rows.PhaseCount;
        int group = channelTile / p.GroupTiles;

        SharedTile tile = default;
        tile.Region = region;
        tile.RowPhase = phases[region.Rows.FirstPhase + rowPhase];
        tile.ColumnPhase = phases[region.Columns.FirstPhase + columnPhase];
        tile.FirstPixel = pixelTile * SharedKernel.TilePixels;
        tile.Group = group;
        tile.FirstChannel = (channelTile - group * p.GroupTiles) * SharedKernel.TileChannels;
        return tile;
    }

    /// <summary>Number of pixels from the tile's first to the region's last.</summary>
    public readonly int Pixels(SharedParams p) =>
        p.Batch * Region.Rows.Length * Region.Columns.Length - FirstPixel;

    /// <summary>
    /// Where the inputs of a pixel start, in the group's first channel: at those of the last taps.
    /// Only for a tile whose phases have taps.
    /// </summary>
    public readonly long InputStart(int pixel, SharedParams p)
    {
        SharedPixel at = Locate(pixel);
        return at.N * p.InputSampleStride
            + Group * p.GroupInputChannels * p.InputChannelStride
            + (Region.Rows.FirstInput + at.Row) * p.Height.InputStride
            - (RowPhase.TapCount - 1) * p.Height.InputStep
            + (Region.Columns.FirstInput + at.Column) * p.Width.InputStride
            - (ColumnPhase.TapCount - 1) * p.Width.InputStep;
    }

    /// <summary>Where the weights of a channel start: with the first input channel and taps.</summary>
    public readonly int WeightStart(int channel, SharedParams p) =>
        Group * p.GroupInputChannels * p.WeightInputStride
        + channel * p.WeightOutputStride
        + RowPhase.FirstTap * p.Height.WeightStride
        + ColumnPhase.FirstTap * p.Width.WeightStride;

    /// <summary>Where a pixel lies in the tile's first output channel.</summary>
    public readonly long OutputStart(int pixel, SharedParams p)
    {
        SharedPixel at = Locate(pixel);
        return at.N * p.OutputSampleStride
            + (Group * p.GroupOutputChannels + FirstChannel) * p.OutputChannelStride
            + RowPhase.FirstOutput * p.Height.OutputStride + at.Row * p.Height.OutputStep
            + ColumnPhase.FirstOutput * p.Width.OutputStride + at.Column * p.Width.OutputStep;
    }

    private readonly SharedPixel Locate(int pixel)
    {
        int upToRow = pixel / Region.Columns.Length;
        SharedPixel at = default;
        at.Column = pixel - upToRow * Region.Columns.Length;
        at.N = upToRow / Region.Rows.Length;
        at.Row = upToRow - at.N * Region.Rows.Length;
        return at;
    }
}

/// <summary>A pixel of a region: its sample, and its steps along the region's runs.</summary>
internal struct SharedPixel
{
    public int N;
    public int Row;
    public int Column;
}
