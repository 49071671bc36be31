namespace Deconv.Kernels.Tiled;

/// <summary>
/// How the factors of products of matrices lie in shared memory: rows of channels, in four runs that are a quad
/// each. The runs of a row change places from one pair of rows to the next, so that eight items
/// which read or write the same run of neighbouring rows find them in different banks.
/// </summary>
internal static class MatrixStage
{
    /// <summary>Runs of a row.</summary>
    public const int Runs = 4;

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
    public static int WeightRow(int item) => item % MatrixRows;

    public static int WeightRun(int item) => item % 32 / MatrixRows;

    /// <summary>The same of 16 pixels: quarters come row by row, which makes two right factors.</summary>
    public static int InputRow(int item) => item % 32 / 16 * 8 + item % 8;

    public static int InputRun(int item) => item / 8 % 2;
}
