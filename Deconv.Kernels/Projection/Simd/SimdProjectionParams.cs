namespace Deconv.Kernels.Projection.Simd;

/// <summary>The launch struct of <see cref="SimdProjectionKernel{TFormat, TStorage, TSum, TSimd, TVector}"/>.</summary>
internal struct SimdProjectionParams
{
    /// <summary>A task is a part of the blocks of a group, for the samples of a pass.</summary>
    public int TaskCount;

    public int Batch;

    /// <summary>Samples that are projected before the next ones are packed: whole blocks of rows.</summary>
    public int SamplesOfPass;

    public int Groups;
    public int GroupInputChannels;
    public int GroupOutputChannels;

    /// <summary>Blocks of a group, and how many parts they are shared out in.</summary>
    public int Blocks;

    public int BlockParts;

    /// <summary>Neighbouring output channels that share an element of the bias; 0 without a bias.</summary>
    public int ChannelsPerBias;

    /// <summary>Packed weight of a group.</summary>
    public long GroupWeightLength;

    /// <summary>Scratch of a work item: samples, sums and a line of biases, with room to start at a cache line.</summary>
    public long ScratchLength;
}
