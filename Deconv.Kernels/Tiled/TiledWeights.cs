using Deconv.Kernels.Problem;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// The order of a packed weight: [group][row residue][column residue][row tap][column tap][block of input
/// channels], the taps being those of the residue classes, and in a block [input channel][output channel] or
/// [output channel][input channel], as the tile wants. Input channels are filled up to whole slices, output
/// channels to whole quads, with zeros. Quads count 16 bytes.
/// </summary>
internal sealed class TiledWeights(WeightProblem problem, TileShape tile)
{
    public int ChannelQuads { get; } = IntrinsicMath.DivRoundUp(problem.GroupOutputChannels, 4);

    /// <summary>Blocks of input channels, each of a slice.</summary>
    public int InputBlocks { get; } = IntrinsicMath.DivRoundUp(problem.GroupInputChannels, tile.Depth);

    public long GroupQuads => (long)problem.Height.KernelLength * problem.Width.KernelLength * TapQuads;

    public long ByteLength => TileShape.QuadSize * GroupQuads * problem.Groups;

    /// <summary>Quads of a block at a tap.</summary>
    public long BlockQuads => (long)tile.ChannelQuadSize * ChannelQuads;

    /// <summary>Quads of a tap.</summary>
    public long TapQuads => InputBlocks * BlockQuads;

    /// <summary>
    /// In a group, the quad of a tap whose kernel coordinates are given. Coordinates of a class follow
    /// each other, so that a tap's row and column are numbered in it.
    /// </summary>
    public long QuadOf(int rowTap, int columnTap)
    {
        (int rowResidue, int row) = Class(rowTap, problem.Height);
        (int columnResidue, int column) = Class(columnTap, problem.Width);
        int rowTaps = problem.Height.TapsOf(rowResidue);
        int columnTaps = problem.Width.TapsOf(columnResidue);
        long tap = (long)TapsBefore(rowResidue, problem.Height) * problem.Width.KernelLength
            + (long)rowTaps * TapsBefore(columnResidue, problem.Width)
            + (long)row * columnTaps
            + column;
        return tap * TapQuads;
    }

    /// <summary>Column taps of the class that a kernel coordinate is in.</summary>
    public int ColumnTapsOf(int columnTap) => problem.Width.TapsOf(Class(columnTap, problem.Width).Residue);

    /// <summary>
    /// Whether two column taps are the same one of their classes, and those have as many taps.
    /// </summary>
    public bool AreAlike(int columnTap, int otherColumnTap) =>
        Class(columnTap, problem.Width).Tap == Class(otherColumnTap, problem.Width).Tap
        && ColumnTapsOf(columnTap) == ColumnTapsOf(otherColumnTap);

    /// <summary>For each tap in its packed order, where it lies in the weight as users give it.</summary>
    public int[] Sources()
    {
        TensorStrides strides = problem.Strides;
        var sources = new int[problem.Height.KernelLength * problem.Width.KernelLength];
        for (int row = 0; row < problem.Height.KernelLength; ++row)
        {
            for (int column = 0; column < problem.Width.KernelLength; ++column)
            {
                long packed = QuadOf(row, column) / TapQuads;
                sources[packed] = (int)(row * strides.Row + column * strides.Column);
            }
        }

        return sources;
    }

    private static (int Residue, int Tap) Class(int tap, WeightAxis axis) => (tap % axis.TapStep, tap / axis.TapStep);

    private static int TapsBefore(int residue, WeightAxis axis)
    {
        int taps = 0;
        for (int before = 0; before < residue; ++before)
            taps += axis.TapsOf(before);
        return taps;
    }
}
