using System.Collections.Immutable;

namespace Deconv.Kernels.Panel;

/// <summary>
/// The inner loops of <see cref="PanelKernel"/> and the memory they work on, in the instructions of
/// one kind of device. A panel is [k][lane]: for each k = (row tap, column tap, input channel), the
/// inputs of the pixels of a tile; or [row tap][lane and columns before it], where a lane's inputs of earlier
/// columns are those of its next taps. Sums are [row][lane]. Both have <c>width</c> lanes, of which those
/// past the tile's pixels hold anything.
/// </summary>
internal interface IPanelMicroKernel
{
    /// <summary>The types whose methods most calls on the CPU accelerator run.</summary>
    ImmutableArray<Type> Parts { get; }

    /// <summary>The lanes of one block of sums; tiles are multiples of it, the last ones excepted.</summary>
    int BlockWidth { get; }

    /// <summary>The lanes that a tile of <paramref name="pixels"/> pixels takes.</summary>
    int WidthOf(int pixels);

    PanelRegion RegionAt(int index);

    PanelPhase PhaseAt(int index);

    PanelClass ClassAt(int index);

    int WeightOffsetAt(int index);

    /// <summary>Copies the inputs of a tile to the panel.</summary>
    void Pack(in PackWork work);

    /// <summary>Overwrites rows of sums with the product of packed weights and the panel.</summary>
    void Multiply(in MultiplyWork work);

    /// <summary>Asks for the cache lines that <see cref="Store"/> is going to write.</summary>
    void Fetch(in StoreWork work);

    /// <summary>Adds the bias to the sums of a unit and writes them to the output.</summary>
    void Store(in StoreWork work);
}

/// <summary>A micro-kernel for elements of one type.</summary>
internal interface IPanelMicroKernel<TSelf, TStorage, TSum> : IPanelMicroKernel
    where TSelf : struct, IPanelMicroKernel<TSelf, TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged
{
    /// <summary>The micro-kernel of one work item, with a row of zeros in its scratch.</summary>
    TSelf Bind(PanelViews<TStorage, TSum> views, PanelScratch scratch, int item);
}
