using ILGPU;

namespace Deconv.Kernels.Panel;

/// <summary>The memory of a launch of <see cref="PanelKernel"/>.</summary>
internal struct PanelViews<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged
{
    public ArrayView<TStorage> Input;
    public ArrayView<TSum> Weights;
    public ArrayView<TStorage> Bias;
    public ArrayView<TStorage> Output;
    public ArrayView<TSum> Scratch;
    public ArrayView<PanelRegion> Regions;
    public ArrayView<PanelPhase> Phases;
    public ArrayView<PanelClass> Classes;
    public ArrayView<int> WeightOffsets;
}

/// <summary>The scratch of one work item: a panel, then sums, then one line of outputs.</summary>
internal struct PanelScratch
{
    /// <summary>All of it, with room to start at a cache line.</summary>
    public long Length;

    public long PanelLength;
    public long SumsLength;
    public long LineLength;

    /// <summary>Where the sums have a row of zeros, for phases without taps.</summary>
    public long ZeroSums;

    /// <summary>The most lanes of a row.</summary>
    public int Width;
}
