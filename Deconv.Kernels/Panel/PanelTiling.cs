using Deconv.Kernels.Problem;
using ILGPU;

namespace Deconv.Kernels.Panel;

/// <summary>How a problem's pixels are cut into the tiles of <see cref="PanelPlan"/>.</summary>
internal sealed class PanelTiling
{
    /// <summary>
    /// Pixels with few inputs and outputs come in tiles of several blocks of lanes, whose panel, sums
    /// and line have no more numbers than this, well inside a second-level cache: the longer the pieces
    /// that are read and written, the better memory follows.
    /// </summary>
    private const long SmallTileLength = 24576;

    /// <summary>Half of a second-level cache.</summary>
    private const long MaxTileBytes = 1 << 19;

    private const int MaxBlocksPerTile = 8;

    /// <summary>Where taps share rows of inputs, so that wide tiles have short panels; one takes a row if it can.</summary>
    private const int MaxBlocksPerSharedTile = 20;

    /// <summary>Fewer tiles would leave items idle while the last of them are computed.</summary>
    private const int MinTilesPerItem = 16;

    /// <summary>The share of lanes that tiles of whole rows have to use.</summary>
    private const double FullShare = 0.95;

    /// <summary>Outputs of a pixel up to which packing its inputs is a good part of the work.</summary>
    private const int FewOutputs = 64;

    private readonly KernelProblem problem;
    private readonly int lanesOfVector;
    private readonly bool sharesRows;

    /// <param name="problem">The problem.</param>
    /// <param name="kernels">What computes it.</param>
    /// <param name="lines">Numbers that a lane takes: its inputs, its sums, and its outputs before they are stored.</param>
    /// <param name="rows">Rows of pixels of the largest region.</param>
    /// <param name="columns">Columns of pixels of the largest region.</param>
    /// <param name="items">Work items that the tiles are shared out to.</param>
    public PanelTiling(KernelProblem problem, PanelKernels kernels, long lines, int rows, int columns, int items)
    {
        this.problem = problem;
        lanesOfVector = kernels.VectorWidth;

        // Elements are converted once instead of once for each tap. Numbers are not worth it: to read them at the
        // places of taps, which are not those of vectors, costs what copying them less often saves.
        sharesRows = kernels.ConvertsElements && problem.Weight.GroupInputChannels == 1 && problem.InputStrides.Column == 1;

        // Tiles of doubles have as many lanes as those of floats, as long as their panel stays in that cache.
        int width = kernels.BlockWidth * kernels.NumberSize / sizeof(float);
        if (lines * width * kernels.NumberSize > MaxTileBytes)
            width = kernels.BlockWidth;
        long pixels = (long)problem.Groups * problem.Batch * rows * columns;
        long blocks = Math.Min(SmallTileLength / (lines * width), pixels / ((long)width * items * MinTilesPerItem));
        int mostBlocks = sharesRows
            ? Math.Clamp(IntrinsicMath.DivRoundUp(columns, width), MaxBlocksPerTile, MaxBlocksPerSharedTile)
            : MaxBlocksPerTile;
        Width = width * (int)Math.Clamp(blocks, 1, mostBlocks);
    }

    /// <summary>The most pixels of a tile.</summary>
    public int Width { get; }

    /// <summary>
    /// The pixels of a tile and the tiles of a row. Tiles that end with their row are packed and stored
    /// in one piece; 0 of a row where that would waste lanes or make tiles short, and where rows are cut
    /// though packing and storing are a small part of the work.
    /// </summary>
    public (int Width, int TilesOfRow) TilesOf(int columns, int phases)
    {
        int vectors = IntrinsicMath.DivRoundUp(columns, lanesOfVector);
        int tiles = IntrinsicMath.DivRoundUp(columns, Width);
        bool isFull = columns >= FullShare * vectors * lanesOfVector && 2 * columns >= Width;
        bool isWorthIt = tiles == 1 || phases * problem.Weight.GroupOutputChannels <= FewOutputs;
        if (!isFull || !isWorthIt)
            return (Width, 0);
        int width = IntrinsicMath.DivRoundUp(vectors, tiles) * lanesOfVector;
        return (width, IntrinsicMath.DivRoundUp(columns, width));
    }

    /// <summary>
    /// Numbers of a row of inputs that all its taps share in a tile of one row; 0 where each tap gets lanes of its own,
    /// as it does where a shared row would not be shorter.
    /// </summary>
    public int SharedRowOf(int taps, int width)
    {
        int before = (taps - 1) * problem.Width.InputStep;
        return sharesRows && before > 0 && problem.Width.InputStep < width
            ? IntrinsicMath.DivRoundUp(before, lanesOfVector) * lanesOfVector + width
            : 0;
    }
}
