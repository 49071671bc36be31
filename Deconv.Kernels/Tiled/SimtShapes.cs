namespace Deconv.Kernels.Tiled;

/// <summary>
/// How the work items of a group lie side by side; each owns 8 x 8 sums. Both numbers are 8 or 16.
/// </summary>
internal interface ISimtShape
{
    static abstract int RowItems { get; }

    static abstract int PixelItems { get; }
}

/// <summary>128 rows of 128 pixels.</summary>
internal readonly struct LargeShape : ISimtShape
{
    public static int RowItems => 16;

    public static int PixelItems => 16;
}

/// <summary>64 rows of 128 pixels.</summary>
internal readonly struct WideShape : ISimtShape
{
    public static int RowItems => 8;

    public static int PixelItems => 16;
}

/// <summary>64 rows of 64 pixels.</summary>
internal readonly struct SmallShape : ISimtShape
{
    public static int RowItems => 8;

    public static int PixelItems => 8;
}
