namespace Deconv.Kernels.Winograd;

/// <summary>The inputs that a tile reads of one channel, [row][column][lane], with zeros for those past the input.</summary>
internal static class WinogradPatch
{
    private const int Overrun = 16;

    /// <summary>From one column of a patch to the next, with room for a vector that begins at the last lane.</summary>
    public static int StrideOf(int tileWidth) => tileWidth + Overrun;

    /// <summary>From one position of a panel to the next.</summary>
    public static long PanelStrideOf(in WinogradParams p) =>
        (long)p.GroupInputChannels * p.TileWidth + WinogradPlan.PositionGap;
}
