namespace Deconv.Kernels.Gather;

/// <summary>The launch struct of <see cref="GatherKernel"/>, filled once per plan on the host.</summary>
internal struct GatherParams
{
    public long OutputCount;
    public long OutputsPerItem;
    public int IsChannelsLast;

    /// <summary>Neighbouring output channels that share an element of the bias; 0 without a bias.</summary>
    public int ChannelsPerBias;

    public int OutputChannels;
    public int GroupInputChannels;
    public int GroupOutputChannels;

    /// <summary>Distance between samples of the input.</summary>
    public long InputSampleStride;

    /// <summary>Distance between channels of the input.</summary>
    public long InputChannelStride;

    /// <summary>Distance between input channels in the weight.</summary>
    public long WeightInputStride;

    /// <summary>Distance between output channels in the weight.</summary>
    public long WeightOutputStride;

    public GatherAxisParams Height;
    public GatherAxisParams Width;
}

/// <summary>One axis of <see cref="GatherParams"/>; strides and steps count elements in memory.</summary>
internal struct GatherAxisParams
{
    public int OutputLength;

    /// <summary>Distance between input coordinates.</summary>
    public long InputStride;

    /// <summary>Distance between kernel coordinates.</summary>
    public long WeightStride;

    /// <summary>From the input of one tap back to that of the next.</summary>
    public long InputStep;

    /// <summary>From one tap's weight on to the next's.</summary>
    public long WeightStep;
}
