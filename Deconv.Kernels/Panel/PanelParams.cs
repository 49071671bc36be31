using Deconv.Kernels.Problem;

namespace Deconv.Kernels.Panel;

/// <summary>The launch struct of <see cref="PanelKernel"/>; lengths and strides count elements.</summary>
internal struct PanelParams
{
    public int TaskCount;
    public int Batch;

    public int GroupInputChannels;
    public int GroupOutputChannels;

    /// <summary>Blocks of output channels in a group.</summary>
    public int ChannelBlocks;

    /// <summary>Classes of columns in the packed weight.</summary>
    public int WeightClasses;

    /// <summary>Neighbouring output channels that share an element of the bias; 0 without a bias.</summary>
    public int ChannelsPerBias;

    /// <summary>Distance between neighbouring outputs of one phase.</summary>
    public int RowStride;

    public int ColumnStride;

    /// <summary>Distance between the inputs of neighbouring taps.</summary>
    public int RowStep;

    public int ColumnStep;

    public PanelStrides Input;
    public PanelStrides Output;

    /// <summary>Packed weight of a group.</summary>
    public long GroupWeightLength;

    public PanelScratch Scratch;
}

/// <summary><see cref="TensorStrides"/> as launch structs have them.</summary>
internal struct PanelStrides
{
    public long Sample;
    public long Channel;
    public long Row;
    public long Column;

    public static PanelStrides Of(TensorStrides strides) => new()
    {
        Sample = strides.Outermost,
        Channel = strides.Channel,
        Row = strides.Row,
        Column = strides.Column,
    };
}
