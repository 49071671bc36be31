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

    /// <summary>
    /// What a channel takes of a slice in shared memory: numbers of inputs, at least one for each pixel and a
    /// multiple of 4, and quads of weights, at least one for 4 rows.
    /// </summary>
    static abstract int InputPitch { get; }

    static abstract int WeightPitch { get; }

    /// <summary>The first quad of a slice's inputs, and of its weights, that the item reads.</summary>
    static abstract int FirstInput { get; }

    static abstract int FirstWeight { get; }

    /// <summary>
    /// Adds the products of a slice: inputs are [depth][InputPitch] and weights [depth][WeightPitch], for
    /// <see cref="TiledKernel.Depth"/> input channels, both from what the item reads first.
    /// </summary>
    static abstract TSelf MultiplyAdd(TSelf sum, ArrayView<Quad> inputs, ArrayView<Quad> weights);

    /// <summary>Writes the item's sums of the rows 4 * i + <paramref name="part"/> to [i][pixel / 4].</summary>
    static abstract void Lay(TSelf sum, int part, ArrayView<Quad> target);
}
