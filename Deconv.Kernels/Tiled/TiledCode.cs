using System.Collections.Immutable;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>An instance of <see cref="TiledKernel"/>, and what the host must know of it.</summary>
internal sealed record TiledCode<TElement>
    where TElement : unmanaged
{
    public delegate void Entry(
        ArrayView<TElement> input,
        ArrayView<Quad> weight,
        ArrayView<TElement> bias,
        ArrayView<TiledTask> tasks,
        ArrayView<TElement> output,
        TiledParams p);

    public required Entry Run { get; init; }

    public required TileShape Tile { get; init; }

    public required int GroupSize { get; init; }

    /// <summary>What the kernel's optimised code has.</summary>
    public required double FusedShare { get; init; }

    public required ImmutableArray<string> Instructions { get; init; }

    public static unsafe TiledCode<TElement> Of<TProduct, TShare, TFormat>()
        where TProduct : struct, ITiledProduct<TProduct>
        where TShare : struct, ITiledShare<TShare, TElement>
        where TFormat : struct, IFormat<TElement, float> => new()
        {
            Run = TiledKernel.Run<TProduct, TShare, TElement, TFormat>,
            Tile = new()
            {
                Rows = TProduct.Rows,
                Pixels = TProduct.Pixels,
                Depth = TProduct.Depth,
                ElementSize = sizeof(TElement),
                IsByOutputChannel = TProduct.IsByOutputChannel,
            },
            GroupSize = TProduct.GroupSize,
            FusedShare = TProduct.FusedShare,
            Instructions = TProduct.Instructions,
        };
}
