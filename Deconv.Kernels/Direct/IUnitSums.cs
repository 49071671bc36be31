using Deconv.Kernels.Formats;
using ILGPU;

namespace Deconv.Kernels.Direct;

/// <summary>The sums that a work item owns, in its registers: some units of four pixels.</summary>
internal interface IUnitSums<TSelf, TSum>
    where TSelf : struct, IUnitSums<TSelf, TSum>
    where TSum : unmanaged
{
    /// <summary>A multiple of 4.</summary>
    static abstract int Units { get; }

    /// <summary>Pixels of an item that pass through shared memory at a time.</summary>
    static abstract int PartPixels { get; }

    /// <summary>
    /// Numbers of a unit in shared memory: of those pixels for each work item, with room between units.
    /// </summary>
    static abstract int MaxPitch { get; }

    /// <summary>
    /// Adds the products of each unit's weight and the pixels, in the first quads of units, as many as there are.
    /// </summary>
    static abstract TSelf MultiplyAdd<TFormat, TStorage>(
        TSelf sum, ArrayView<FourValues<TSum>> weights, FourValues<TSum> pixels, int quads)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged;

    /// <summary>Adds the bias of each unit.</summary>
    static abstract TSelf Add<TFormat, TStorage>(TSelf sum, ArrayView<FourValues<TSum>> biases)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged;

    /// <summary>
    /// Writes the sums of a part of the pixels, units <paramref name="pitch"/> numbers apart and pixels a group.
    /// </summary>
    static abstract void Lay(TSelf sum, int part, ArrayView<TSum> target, int pitch, int quads);
}
