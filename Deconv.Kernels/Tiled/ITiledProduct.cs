using System.Collections.Immutable;
using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// The sums that a work item owns of a tile, in its registers, and the instructions that make them. A
/// tile is <see cref="Rows"/> x <see cref="Pixels"/>, where a row is a channel of a column phase.
/// </summary>
internal interface ITiledProduct<TSelf>
    where TSelf : struct, ITiledProduct<TSelf>
{
    static abstract int Rows { get; }

    static abstract int Pixels { get; }

    static abstract int GroupSize { get; }

    /// <summary>What the kernel's optimised code has.</summary>
    static abstract double FusedShare { get; }

    static abstract ImmutableArray<string> Instructions { get; }

    /// <summary>Input channels of a slice.</summary>
    static abstract int Depth { get; }

    /// <summary>Whether packed weights lie output channel by output channel; see <see cref="TileShape"/>.</summary>
    static abstract bool IsByOutputChannel { get; }

    /// <summary>Quads that a slice's inputs, and its weights, take of shared memory.</summary>
    static abstract int InputQuads { get; }

    static abstract int WeightQuads { get; }

    /// <summary>From one row of sums to the next where they are laid out: a multiple of 4, at least the pixels.</summary>
    static abstract int SumPitch { get; }

    /// <summary>The first quad of a slice's inputs, and of its weights, that the item reads.</summary>
    static abstract int FirstInput { get; }

    static abstract int FirstWeight { get; }

    /// <summary>
    /// Adds the products of a slice, whose inputs and weights are given from what the item reads first.
    /// </summary>
    static abstract TSelf MultiplyAdd(TSelf sum, ArrayView<Quad> inputs, ArrayView<Quad> weights);

    /// <summary>Writes the item's sums of the rows 4 * i + <paramref name="part"/> to [i][SumPitch / 4].</summary>
    static abstract void Lay(TSelf sum, int part, ArrayView<Quad> target);
}
