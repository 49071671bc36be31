namespace Deconv.Kernels.Tiled;

/// <summary>What of a kernel decides how problems are cut into tiles, and how weights are packed.</summary>
internal readonly record struct TileShape
{
    public required int Rows { get; init; }

    public required int Pixels { get; init; }

    /// <summary>Input channels of a slice.</summary>
    public required int Depth { get; init; }

    /// <summary>Bytes of an element.</summary>
    public required int ElementSize { get; init; }

    /// <summary>
    /// Whether the weights of an output channel lie side by side in a block, as matrices are loaded from
    /// shared memory, or those of an input channel.
    /// </summary>
    public required bool IsByOutputChannel { get; init; }

    /// <summary>Quads of the packed weight that four output channels take of a block.</summary>
    public int ChannelQuadSize => 4 * Depth * ElementSize / QuadSize;

    /// <summary>Bytes of a quad.</summary>
    public const int QuadSize = 16;
}
