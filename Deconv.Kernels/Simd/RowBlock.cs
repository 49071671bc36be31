namespace Deconv.Kernels.Simd;

/// <summary>Rows of sums that are computed together.</summary>
internal static class RowBlock
{
    public const int Rows = 8;
}
