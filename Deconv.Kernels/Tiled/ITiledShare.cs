using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// What a work item brings of each slice of a tile to shared memory: inputs of pixels, and weights of rows.
/// Those of pixels and rows that are not there repeat others, for sums that are stored nowhere.
/// Of channels that are not there, inputs and packed weights are both zero.
/// </summary>
internal interface ITiledShare<TSelf, TElement>
    where TSelf : struct, ITiledShare<TSelf, TElement>
    where TElement : unmanaged
{
    /// <summary>Where the item writes to the first stage, which is at the start of <paramref name="stages"/>.</summary>
    static abstract TSelf To(ArrayView<Quad> stages);

    /// <summary>And what it reads of a tile's slices.</summary>
    static abstract TSelf From(
        TSelf share, TiledTile tile, ArrayView<TElement> input, ArrayView<Quad> weight, TiledParams p);

    /// <summary>
    /// Starts to copy a slice to the stage that begins <paramref name="stage"/> bytes behind the first, if it
    /// <paramref name="isThere"/>.
    /// </summary>
    static abstract TSelf Start(TSelf share, TiledSlice slice, bool isThere, int stage, TiledParams p);

    /// <summary>
    /// Writes what <see cref="Start"/> left in registers, if anything, to the same stage; where there was no
    /// slice, anything.
    /// </summary>
    static abstract void Finish(TSelf share, int stage, TiledParams p);
}
