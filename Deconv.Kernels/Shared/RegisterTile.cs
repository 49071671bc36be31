namespace Deconv.Kernels.Shared;

/// <summary>
/// The sums of one work item, 16 channels of 4 pixels: a field for each, since ILGPU keeps an
/// indexed array in slow local memory and unrolls no loop.
/// </summary>
internal struct RegisterTile
{
    public QuarterTile Q0;
    public QuarterTile Q1;
    public QuarterTile Q2;
    public QuarterTile Q3;
}

/// <summary>Four channels of a <see cref="RegisterTile"/>; each holds its four pixels.</summary>
internal struct QuarterTile
{
    public Float4 C0;
    public Float4 C1;
    public Float4 C2;
    public Float4 C3;

    /// <summary>Adds the outer product of four channels' weights and four pixels.</summary>
    public static QuarterTile MultiplyAdd(QuarterTile sum, Float4 weights, Float4 pixels)
    {
        sum.C0 = Float4.MultiplyAdd(sum.C0, weights.X, pixels);
        sum.C1 = Float4.MultiplyAdd(sum.C1, weights.Y, pixels);
        sum.C2 = Float4.MultiplyAdd(sum.C2, weights.Z, pixels);
        sum.C3 = Float4.MultiplyAdd(sum.C3, weights.W, pixels);
        return sum;
    }
}
