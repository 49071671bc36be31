namespace Deconv.Kernels.Shared;

/// <summary>
/// The launch struct of <see cref="SharedKernel"/>, filled once per plan on the host. Strides and
/// steps count elements in memory; those inside a sample or a weight fit in 32 bits.
/// </summary>
internal struct SharedParams
{
    public int TileCount;
    public int RegionCount;
    public int Batch;
    public int Groups;
    public int GroupInputChannels;
    public int GroupOutputChannels;

    /// <summary>Tiles that the output channels of a group take.</summary>
    public int GroupTiles;

    /// <summary>Steps that the input channels of a group take, for each tap.</summary>
    public int InputBlocks;

    /// <summary>Neighbouring output channels that share an element of the bias; 0 without a bias.</summary>
    public int ChannelsPerBias;

    /// <summary>Distance between samples of the input.</summary>
    public long InputSampleStride;

    /// <summary>Distance between channels of the input.</summary>
    public int InputChannelStride;

    /// <summary>Distance between input channels in the weight.</summary>
    public int WeightInputStride;

    /// <summary>Distance between output channels in the weight.</summary>
    public int WeightOutputStride;

    /// <summary>Distance between samples of the output.</summary>
    public long OutputSampleStride;

    /// <summary>Distance between channels of the output.</summary>
    public int OutputChannelStride;

    public SharedAxisParams Height;
    public SharedAxisParams Width;
}

/// <summary>One axis of <see cref="SharedParams"/>.</summary>
internal struct SharedAxisParams
{
    /// <summary>Distance between input coordinates.</summary>
    public int InputStride;

    /// <summary>From the input of one tap back to that of the next.</summary>
    public int InputStep;

    /// <summary>Distance between kernel coordinates.</summary>
    public int WeightStride;

    /// <summary>From one tap's weight on to the next's.</summary>
    public int WeightStep;

    /// <summary>Distance between output coordinates.</summary>
    public int OutputStride;

    /// <summary>Distance between neighbouring outputs of a phase.</summary>
    public int OutputStep;
}
