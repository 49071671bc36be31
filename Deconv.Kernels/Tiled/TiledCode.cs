using System.Collections.Immutable;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>Instances of <see cref="TiledKernel"/>, and what the host must know of them.</summary>
/// <typeparam name="TElement">An element of the call's tensors.</typeparam>
/// <typeparam name="TOutput">What the kernel writes: elements, or the floats of parts of sums.</typeparam>
internal sealed record TiledCode<TElement, TOutput>
    where TElement : unmanaged
    where TOutput : unmanaged
{
    public delegate void Entry(
        ArrayView<TElement> input,
        ArrayView<Quad> weight,
        ArrayView<TOutput> bias,
        ArrayView<TiledTask> tasks,
        ArrayView<TOutput> output,
        TiledParams p);

    public delegate void SumEntry(
        ArrayView<float> parts, ArrayView<TElement> bias, ArrayView<TElement> output, SplitSumParams p);

    public required Entry Run { get; init; }

    /// <summary>The same for inputs whose channels lie in aligned runs of quads; null where it makes no difference.</summary>
    public Entry? RunForRuns { get; init; }

    /// <summary>Adds up parts of sums; null where sums are whole.</summary>
    public SumEntry? Sum { get; init; }

    public required TileShape Tile { get; init; }

    public required int GroupSize { get; init; }

    /// <summary>What the kernel's optimised code has.</summary>
    public required double FusedShare { get; init; }

    public required ImmutableArray<string> Instructions { get; init; }
}

/// <summary>Code for products and formats.</summary>
internal static class TiledCode
{
    public static TiledCode<TElement, TElement> Whole<TProduct, TShare, TElement, TFormat>()
        where TProduct : struct, ITiledProduct<TProduct>
        where TShare : struct, ITiledShare<TShare, TElement>
        where TElement : unmanaged
        where TFormat : struct, IFormat<TElement, float> => Of<TProduct, TElement, TElement>(
            TiledKernel.Run<TProduct, TShare, TElement, TElement, TFormat>);

    public static TiledCode<TElement, float> InParts<TProduct, TShare, TElement, TFormat>()
        where TProduct : struct, ITiledProduct<TProduct>
        where TShare : struct, ITiledShare<TShare, TElement>
        where TElement : unmanaged
        where TFormat : struct, IFormat<TElement, float> => Of<TProduct, TElement, float>(
            TiledKernel.Run<TProduct, TShare, TElement, float, Float32Format>) with
        {
            Sum = SplitSumKernel.Run<TElement, TFormat>,
        };

    private static unsafe TiledCode<TElement, TOutput> Of<TProduct, TElement, TOutput>(
        TiledCode<TElement, TOutput>.Entry run)
        where TProduct : struct, ITiledProduct<TProduct>
        where TElement : unmanaged
        where TOutput : unmanaged => new()
        {
            Run = run,
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
