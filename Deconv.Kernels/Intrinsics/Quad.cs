namespace Deconv.Kernels.Intrinsics;

/// <summary>Four floats side by side, 16 bytes that move in one step.</summary>
internal struct Quad
{
    public float X;
    public float Y;
    public float Z;
    public float W;
}

/// <summary>Two of them, 8 bytes that move in one step.</summary>
internal struct QuadHalf
{
    public float X;
    public float Y;
}

/// <summary>Four words side by side, 16 bytes that move in one step.</summary>
internal struct WordQuad
{
    public uint X;
    public uint Y;
    public uint Z;
    public uint W;
}
