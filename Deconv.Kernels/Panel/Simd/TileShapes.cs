namespace Deconv.Kernels.Panel.Simd;

/// <summary>How many sums <see cref="SimdTile{TSimd, TVector, TShape}"/> holds in registers.</summary>
internal interface ITileShape
{
    /// <summary>Eight rows, or four.</summary>
    static abstract bool HasEightRows { get; }

    /// <summary>One to three.</summary>
    static abstract int Vectors { get; }
}

internal readonly struct Tile8x3 : ITileShape
{
    public static bool HasEightRows => true;

    public static int Vectors => 3;
}

internal readonly struct Tile8x2 : ITileShape
{
    public static bool HasEightRows => true;

    public static int Vectors => 2;
}

internal readonly struct Tile8x1 : ITileShape
{
    public static bool HasEightRows => true;

    public static int Vectors => 1;
}

internal readonly struct Tile4x3 : ITileShape
{
    public static bool HasEightRows => false;

    public static int Vectors => 3;
}

internal readonly struct Tile4x2 : ITileShape
{
    public static bool HasEightRows => false;

    public static int Vectors => 2;
}

internal readonly struct Tile4x1 : ITileShape
{
    public static bool HasEightRows => false;

    public static int Vectors => 1;
}
