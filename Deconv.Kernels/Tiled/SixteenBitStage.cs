using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// How numbers of sixteen bits lie in shared memory: rows of <see cref="Depth"/> channels, in runs of eight
/// that are a quad each. The runs of a row change places from one pair of rows to the next, so that eight items
/// which read or write the same run of neighbouring rows find them in different banks.
/// </summary>
internal static class SixteenBitStage
{
    /// <summary>Channels of a slice.</summary>
    public const int Depth = 32;

    /// <summary>Channels of a run, and runs of a row.</summary>
    public const int RunLength = 8;
    public const int Runs = Depth / RunLength;

    /// <summary>Rows of pixels, or of channels, that a warp owns.</summary>
    public const int WarpRows = 64;

    /// <summary>Rows of a factor of a product of matrices, and its quads, of which the product reads half.</summary>
    public const int MatrixRows = 16;
    public const int MatrixQuads = MatrixRows * Runs;

    /// <summary>The quad of a run in its row.</summary>
    public static int Place(int row, int run) => run ^ (row >> 1 & (Runs - 1));

    /// <summary>
    /// The row for the first of a quad of output channels. Those of a warp lie channel by channel of the quads,
    /// so that a matrix has one channel of each of its 16 quads.
    /// </summary>
    public static int RowOfQuad(int quad) => quad / MatrixRows * WarpRows + quad % MatrixRows;

    /// <summary>
    /// The row, from a matrix's first, and the run whose address an item gives to load 16 rows of weights:
    /// quarters of the matrix come column by column, as a left factor has them.
    /// </summary>
    public static int WeightRow => Group.IdxX % MatrixRows;

    public static int WeightRun => Group.IdxX % 32 / MatrixRows;

    /// <summary>The same of 16 pixels: quarters come row by row, which makes two right factors.</summary>
    public static int InputRow => Group.IdxX % 32 / 16 * 8 + Group.IdxX % 8;

    public static int InputRun => Group.IdxX / 8 % 2;
}
