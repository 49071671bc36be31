using Deconv.Kernels.Problem;

namespace Deconv.Kernels.Winograd;

/// <summary>The launch struct of <see cref="WinogradKernel{TFormat, TStorage, TSum, TSimd, TVector}"/>; lengths and strides count elements.</summary>
internal struct WinogradParams
{
    public int TaskCount;

    /// <summary>How many parts a group's panels are shared out in.</summary>
    public int PanelParts;

    /// <summary>How many parts the channel blocks of a panel are shared out in.</summary>
    public int BlockParts;

    public int Tiles;
    public int Batch;

    /// <summary>The most blocks of a tile, whole vectors.</summary>
    public int TileWidth;

    public int GroupInputChannels;
    public int GroupOutputChannels;
    public int ChannelBlocks;

    /// <summary>Neighbouring output channels that share an element of the bias; 0 where there is no bias.</summary>
    public int ChannelsPerBias;

    public WinogradLines Rows;
    public WinogradLines Columns;

    /// <summary>Column positions of a panel.</summary>
    public int PanelColumns;

    /// <summary>The column of input, relative to a block's first, that patches start with; and how many they have.</summary>
    public int FirstPatchColumn;

    public int PatchColumns;

    /// <summary>Whether inputs and outputs are asked for before they are needed: 1 or 0.</summary>
    public int FetchesAhead;

    /// <summary>Pairs of a row residue and each column residue in the packed weight.</summary>
    public int WeightClasses;

    public long GroupWeightLength;

    /// <summary>Where the weight as it was given starts, and its strides.</summary>
    public long GivenWeight;

    public TensorStrides Weight;
    public TensorStrides Input;
    public TensorStrides Output;

    public WinogradScratch Scratch;
}

/// <summary>One axis of a problem.</summary>
internal struct WinogradLines
{
    public int Phases;
    public int Blocks;

    /// <summary>Outputs of a block, of one phase.</summary>
    public int BlockLength;

    public int Stride;

    /// <summary>Distance between taps of a residue class.</summary>
    public int TapStep;

    public int InputLength;
    public int OutputLength;
}

/// <summary>The scratch of a work item: how long it is, and where in it each part ends.</summary>
internal struct WinogradScratch
{
    /// <summary>All of it, with room to start at a cache line.</summary>
    public long Length;

    /// <summary>Behind the panel, [row position][column position][input channel][lane].</summary>
    public long PanelEnd;

    /// <summary>Behind the products of a channel block, [row position][column position][channel][lane]; or a list of copies.</summary>
    public long ProductsEnd;

    /// <summary>Behind the sums of a channel block, [channel][row][column][lane], and a row of zeros.</summary>
    public long SumsEnd;

    /// <summary>Behind two patches of inputs, [row][column][lane].</summary>
    public long PatchesEnd;

    /// <summary>Behind lines of inputs, a patch of elements, or a line of outputs.</summary>
    public long LineEnd;

    /// <summary>From one patch to the other.</summary>
    public long PatchLength;
}
