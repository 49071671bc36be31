using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>What a group computes at a time: some channels and pixels of a task, or a part of their sums.</summary>
internal struct TiledTile
{
    public TiledTask Task;
    public int FirstPixel;
    public int Group;

    /// <summary>First quad of output channels, counted within the group.</summary>
    public int FirstQuad;

    public int Split;
    public int FirstSlice;
    public int EndSlice;

    /// <summary>
    /// Tiles are numbered task by task; parts of sums run fastest, then channels, which read the same
    /// inputs, then groups, then pixels.
    /// </summary>
    public static TiledTile Find(int number, int tilePixels, ArrayView<TiledTask> tasks, TiledParams p)
    {
        int low = 0;
        int high = p.TaskCount;
        while (high - low > 1)
        {
            int middle = (low + high) >> 1;
            if (tasks[middle].FirstTile <= number)
                low = middle;
            else
                high = middle;
        }

        TiledTask task = tasks[low];
        int rest = number - task.FirstTile;
        int upToChannel = rest / p.Splits;
        int upToGroup = upToChannel / task.ChannelTiles;
        int pixelTile = upToGroup / p.Groups;
        int slices = task.RowTaps * task.ColumnTaps * p.InputBlocks;
        int slicesOfSplit = (slices + p.Splits - 1) / p.Splits;

        TiledTile tile = default;
        tile.Task = task;
        tile.FirstPixel = pixelTile * tilePixels;
        tile.Group = upToGroup - pixelTile * p.Groups;
        tile.FirstQuad = (upToChannel - upToGroup * task.ChannelTiles) * task.PhaseQuads;
        tile.Split = rest - upToChannel * p.Splits;
        tile.FirstSlice = Math.Min(tile.Split * slicesOfSplit, slices);
        tile.EndSlice = Math.Min(tile.FirstSlice + slicesOfSplit, slices);
        return tile;
    }

    /// <summary>Number of pixels from the tile's first to the task's last.</summary>
    public static int Pixels(TiledTile tile, TiledParams p) =>
        p.Batch * tile.Task.RowSteps * tile.Task.ColumnSteps - tile.FirstPixel;

    /// <summary>
    /// Where the inputs of a pixel start, in the group's first channel: at those of the last taps. Where there
    /// is no such pixel, those of the last one.
    /// </summary>
    public static long InputStart(TiledTile tile, int pixel, TiledParams p)
    {
        if (tile.FirstSlice >= tile.EndSlice)
            return 0;
        TiledPixel at = Locate(tile, Math.Min(pixel, Pixels(tile, p) - 1));
        return at.N * p.InputSampleStride
            + tile.Group * p.GroupInputChannels * p.InputChannelStride
            + tile.Task.InputStart
            + at.Row * p.Height.InputStride
            + at.Column * p.Width.InputStride;
    }

    /// <summary>
    /// The quad where the weights of four rows start, of the tile's first tap and block. Where there are no such
    /// rows, others'.
    /// </summary>
    public static int WeightStart(TiledTile tile, int rowQuad, TiledParams p)
    {
        int phase = Math.Min(rowQuad / tile.Task.PhaseQuads, tile.Task.PhaseCount - 1);
        int quad = Math.Min(tile.FirstQuad + rowQuad % tile.Task.PhaseQuads, p.ChannelQuads - 1);
        return tile.Group * p.GroupQuads
            + tile.Task.WeightStart
            + phase * tile.Task.PhaseWeightStride
            + quad * p.ChannelQuadStride;
    }

    /// <summary>Where a pixel lies in the first phase of the group's first output channel.</summary>
    public static long OutputStart(TiledTile tile, int pixel, TiledParams p)
    {
        TiledPixel at = Locate(tile, pixel);
        return tile.Split * p.SplitStride
            + at.N * p.OutputSampleStride
            + tile.Group * p.GroupOutputChannels * p.OutputChannelStride
            + tile.Task.OutputStart
            + at.Row * p.Height.OutputStep
            + at.Column * p.Width.OutputStep;
    }

    private static TiledPixel Locate(TiledTile tile, int pixel)
    {
        int number = tile.FirstPixel + pixel;
        int upToRow = number / tile.Task.ColumnSteps;
        TiledPixel at = default;
        at.Column = number - upToRow * tile.Task.ColumnSteps;
        at.N = upToRow / tile.Task.RowSteps;
        at.Row = upToRow - at.N * tile.Task.RowSteps;
        return at;
    }
}

/// <summary>A pixel of a task: its sample, and its steps along the runs.</summary>
internal struct TiledPixel
{
    public int N;
    public int Row;
    public int Column;
}
