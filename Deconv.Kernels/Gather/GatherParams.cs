namespace Deconv.Kernels.Gather;

/// <summary>The launch struct of <see cref="GatherKernel"/>, filled once per plan on the host.</summary>
internal struct GatherParams
{
    public long OutputCount;
    public long OutputsPerItem;
    public int Groups;
    public int GroupInputChannels;
    public int GroupOutputChannels;
    public int HasBias;
    public GatherAxisParams Height;
    public GatherAxisParams Width;
}

/// <summary>One axis of <see cref="GatherParams"/>.</summary>
internal struct GatherAxisParams
{
    public int InputLength;
    public int KernelLength;
    public int OutputLength;
    public int TapStep;
    public int InputStep;
}
