namespace Deconv.Kernels.Projection;

/// <summary>The launch struct of <see cref="ProjectionKernel"/>; strides count elements in memory, which fit in 32 bits.</summary>
internal struct ProjectionParams
{
    public int TileCount;
    public int Batch;
    public int Groups;
    public int GroupInputChannels;
    public int GroupOutputChannels;

    /// <summary>Neighbouring output channels that share an element of the bias; 0 without a bias.</summary>
    public int ChannelsPerBias;

    /// <summary>Output channels of a tile, one for each work item of a part.</summary>
    public int PartItems;

    /// <summary>Parts of the work items, and of the input channels.</summary>
    public int Parts;

    /// <summary>Tiles that a group's output channels take, and those of all samples.</summary>
    public int ChannelTiles;
    public int SampleTiles;
}
