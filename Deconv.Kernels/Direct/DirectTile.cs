using ILGPU;

namespace Deconv.Kernels.Direct;

/// <summary>
/// What a group computes at a time: a block of units of consecutive pixels of a task. The task stays in
/// memory, and is read again where it is needed, to leave the registers to the sums.
/// </summary>
internal struct DirectTile
{
    public int TaskNumber;
    public int FirstPixel;
    public int Group;
    public int FirstUnit;

    /// <summary>Lines of units, fewer in a task's last block.</summary>
    public int Lines;

    /// <summary>Tiles are numbered task by task; blocks run fastest, which read the same inputs, then groups, then pixels.</summary>
    public static DirectTile Find(
        int number, int tilePixels, int blockUnits, ArrayView<DirectTask> tasks, DirectParams p)
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

        DirectTask task = tasks[low];
        int rest = number - task.FirstTile;
        int pixelTile = task.ByBlocksOfGroups.Divide(rest);
        int upToGroup = rest - pixelTile * task.Blocks * p.Groups;
        int group = task.ByBlocks.Divide(upToGroup);
        int block = upToGroup - group * task.Blocks;

        DirectTile tile = default;
        tile.TaskNumber = low;
        tile.FirstPixel = pixelTile * tilePixels;
        tile.Group = group;
        tile.FirstUnit = task.FirstUnit + block * blockUnits;
        tile.Lines = Math.Min(task.BlockLines, task.Lines - block * task.BlockLines);
        return tile;
    }

    /// <summary>Quads that the tile's units fill.</summary>
    public static int Quads(DirectTile tile, DirectTask task) => (tile.Lines * task.LineUnits + 3) / 4;

    /// <summary>Number of pixels from the tile's first to the task's last.</summary>
    public static int Pixels(DirectTile tile, DirectTask task, DirectParams p) =>
        p.Batch * task.RowSteps * task.ColumnSteps - tile.FirstPixel;

    /// <summary>Where the inputs of a pixel start, in the group's first channel: at those of the last taps.</summary>
    public static int InputStart(DirectTile tile, DirectTask task, int pixel, DirectParams p)
    {
        DirectPixel at = Locate(tile, task, pixel);
        return at.N * p.InputSampleStride
            + tile.Group * p.GroupInputChannels * p.InputChannelStride
            + task.InputStart
            + at.Row * p.Height.InputStride
            + at.Column * p.Width.InputStride;
    }

    /// <summary>Where a pixel lies in the group's first unit, but for what the unit adds.</summary>
    public static int OutputStart(DirectTile tile, DirectTask task, int pixel, DirectParams p)
    {
        DirectPixel at = Locate(tile, task, pixel);
        return at.N * p.OutputSampleStride
            + tile.Group * p.GroupOutputChannels * p.OutputChannelStride
            + at.Row * p.Height.OutputStep
            + at.Column * p.Width.OutputStep;
    }

    private static DirectPixel Locate(DirectTile tile, DirectTask task, int pixel)
    {
        int number = tile.FirstPixel + pixel;
        int upToRow = task.ByColumnSteps.Divide(number);
        DirectPixel at = default;
        at.Column = number - upToRow * task.ColumnSteps;
        at.N = task.ByRowSteps.Divide(upToRow);
        at.Row = upToRow - at.N * task.RowSteps;
        return at;
    }
}

/// <summary>A pixel of a task: its sample, and its steps along the runs.</summary>
internal struct DirectPixel
{
    public int N;
    public int Row;
    public int Column;
}
