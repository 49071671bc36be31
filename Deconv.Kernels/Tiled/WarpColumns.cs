namespace Deconv.Kernels.Tiled;

/// <summary>Warps of a group side by side, which have the same rows and pixels of their own.</summary>
internal interface IWarpColumns
{
    static abstract int Count { get; }
}

internal readonly struct TwoColumns : IWarpColumns
{
    public static int Count => 2;
}

internal readonly struct FourColumns : IWarpColumns
{
    public static int Count => 4;
}
