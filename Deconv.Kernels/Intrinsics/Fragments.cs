namespace Deconv.Kernels.Intrinsics;

/// <summary>
/// What a lane of a warp holds of a matrix of 16 rows: with its number as 4 * i + j, of each 8 columns
/// the sums (i, 2j), (i, 2j + 1), (i + 8, 2j) and (i + 8, 2j + 1).
/// </summary>
internal struct SumFragment
{
    public float S0;
    public float S1;
    public float S2;
    public float S3;
}

/// <summary>
/// What a lane of a warp holds of the left factor, 16 rows of 32 bytes: with its number as 4 * i + j, the
/// words (i, j), (i + 8, j), (i, j + 4) and (i + 8, j + 4). A word is one TF32 number or two of 16 bits.
/// </summary>
internal struct LeftFragment
{
    public uint W0;
    public uint W1;
    public uint W2;
    public uint W3;
}

/// <summary>
/// What a lane of a warp holds of the right factor, 8 columns of 32 bytes: with its number as
/// 4 * i + j, the words j and j + 4 of column i.
/// </summary>
internal struct RightFragment
{
    public uint W0;
    public uint W1;
}
