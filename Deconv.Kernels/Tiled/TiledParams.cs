namespace Deconv.Kernels.Tiled;

/// <summary>
/// The launch struct of <see cref="TiledKernel"/>, filled once per plan on the host. Strides and steps
/// count elements in memory; those inside a sample fit in 32 bits.
/// </summary>
internal struct TiledParams
{
    public int TileCount;
    public int TaskCount;
    public int Batch;
    public int Groups;
    public int GroupInputChannels;
    public int GroupOutputChannels;

    /// <summary>Parts that each sum is cut into, each of which a tile of its own computes.</summary>
    public int Splits;

    /// <summary>Neighbouring output channels that share an element of the bias; 0 without a bias.</summary>
    public int ChannelsPerBias;

    /// <summary>Quads of output channels of a group, and from one's packed weights to the next one's in a block.</summary>
    public int ChannelQuads;
    public int ChannelQuadStride;

    /// <summary>
    /// Blocks of input channels, and quads of the packed weight that one takes at a tap, and all.
    /// </summary>
    public int InputBlocks;
    public int BlockQuads;
    public int TapQuads;

    /// <summary>Quads of the packed weight of a group.</summary>
    public int GroupQuads;

    public long InputSampleStride;
    public int InputChannelStride;
    public long OutputSampleStride;
    public int OutputChannelStride;

    /// <summary>Distance between the sums of one part and those of the next.</summary>
    public long SplitStride;

    public TiledAxisParams Height;
    public TiledAxisParams Width;
}

/// <summary>One axis of <see cref="TiledParams"/>.</summary>
internal struct TiledAxisParams
{
    /// <summary>Distance between input coordinates.</summary>
    public int InputStride;

    /// <summary>From the input of one tap back to that of the next.</summary>
    public int InputStep;

    /// <summary>Distance between neighbouring outputs of a phase.</summary>
    public int OutputStep;
}
