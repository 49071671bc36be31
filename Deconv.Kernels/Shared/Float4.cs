namespace Deconv.Kernels.Shared;

/// <summary>Four floats that move between memory and registers in one step.</summary>
internal struct Float4
{
    public float X;
    public float Y;
    public float Z;
    public float W;

    /// <summary>sum + scalar * values, element by element.</summary>
    public static Float4 MultiplyAdd(Float4 sum, float scalar, Float4 values)
    {
        sum.X += scalar * values.X;
        sum.Y += scalar * values.Y;
        sum.Z += scalar * values.Z;
        sum.W += scalar * values.W;
        return sum;
    }
}
