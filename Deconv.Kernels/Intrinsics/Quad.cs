namespace Deconv.Kernels.Intrinsics;

/// <summary>Four floats side by side, 16 bytes that move in one step.</summary>
internal struct Quad
{
    public float X;
    public float Y;
    public float Z;
    public float W;
}
