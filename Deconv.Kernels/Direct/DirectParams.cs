namespace Deconv.Kernels.Direct;

/// <summary>
/// The launch struct of <see cref="DirectKernel"/>, filled once per plan on the host. Strides and
/// steps count elements in memory, which fit in 32 bits.
/// </summary>
internal struct DirectParams
{
    public int TileCount;
    public int TaskCount;
    public int Batch;
    public int Groups;
    public int GroupInputChannels;
    public int GroupOutputChannels;

    /// <summary>Neighbouring output channels that share an element of the bias; 0 without a bias.</summary>
    public int ChannelsPerBias;

    /// <summary>Distance between samples of the input.</summary>
    public int InputSampleStride;

    /// <summary>Distance between channels of the input.</summary>
    public int InputChannelStride;

    /// <summary>Distance between input channels in the weight.</summary>
    public int WeightInputStride;

    /// <summary>Distance between samples of the output.</summary>
    public int OutputSampleStride;

    /// <summary>Distance between channels of the output.</summary>
    public int OutputChannelStride;

    public DirectAxisParams Height;
    public DirectAxisParams Width;
}

/// <summary>One axis of <see cref="DirectParams"/>.</summary>
internal struct DirectAxisParams
{
    /// <summary>Distance between input coordinates.</summary>
    public int InputStride;

    /// <summary>From the input of one tap back to that of the next.</summary>
    public int InputStep;

    /// <summary>From one tap's weight on to the next's.</summary>
    public int WeightStep;

    /// <summary>Distance between neighbouring outputs of a phase.</summary>
    public int OutputStep;
}
