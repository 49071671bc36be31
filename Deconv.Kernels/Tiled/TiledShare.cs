using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// What a work item copies of each slice of a tile: one pixel's inputs of some channels, and some quads of
/// weights. Those of pixels and rows that are not there repeat others, for sums that are stored nowhere.
/// Of channels that are not there, inputs and packed weights are both zero.
/// </summary>
internal struct TiledShare
{
    /// <summary>Where the pixel's inputs start.</summary>
    public long InputStart;

    /// <summary>Where the rows' weights start, in quads.</summary>
    public int WeightStart;

    public static TiledShare Of<TProduct>(TiledTile tile, TiledParams p)
        where TProduct : struct, ITiledProduct<TProduct>
    {
        TiledShare share = default;
        if (tile.EndSlice > tile.FirstSlice)
        {
            int pixel = Math.Min(Group.IdxX % TProduct.Pixels, TiledTile.Pixels(tile, p) - 1);
            share.InputStart = TiledTile.InputStart(tile, pixel, p);
        }

        int row = Group.IdxX % (TProduct.Rows / 4);
        int phase = Math.Min(row / tile.Task.PhaseQuads, tile.Task.PhaseCount - 1);
        int quad = Math.Min(tile.FirstQuad + row % tile.Task.PhaseQuads, p.ChannelQuads - 1);
        share.WeightStart = tile.Group * p.GroupQuads
            + tile.Task.WeightStart
            + phase * tile.Task.PhaseWeightStride
            + Group.IdxX / (TProduct.Rows / 4) * p.ChannelQuads
            + quad;
        return share;
    }

    /// <summary>Starts to copy the share of a slice, from where it starts, to a stage of shared memory.</summary>
    public static void Copy<TProduct>(
        TiledSlice slice,
        ArrayView<float> input,
        ArrayView<Quad> weight,
        ArrayView<float> inputs,
        ArrayView<Quad> weights,
        TiledParams p)
        where TProduct : struct, ITiledProduct<TProduct>
    {
        int channel = Group.IdxX / TProduct.Pixels;
        int source = slice.Input + Math.Min(channel, slice.Channels - 1) * p.InputChannelStride;
        Hardware.Copy(ref inputs[0], ref input[source], channel < slice.Channels);
        source = CopyNext<TProduct>(1, source, slice, input, inputs, p);
        source = CopyNext<TProduct>(2, source, slice, input, inputs, p);
        source = CopyNext<TProduct>(3, source, slice, input, inputs, p);
        if (TiledKernel.Depth * TProduct.Pixels > 4 * TProduct.GroupSize)
        {
            source = CopyNext<TProduct>(4, source, slice, input, inputs, p);
            source = CopyNext<TProduct>(5, source, slice, input, inputs, p);
            source = CopyNext<TProduct>(6, source, slice, input, inputs, p);
            CopyNext<TProduct>(7, source, slice, input, inputs, p);
        }

        Hardware.CopyQuad(ref weights[0], ref weight[slice.Weight]);
        if (TiledKernel.Depth * TProduct.Rows / 4 > TProduct.GroupSize)
        {
            int second = TProduct.GroupSize / (TProduct.Rows / 4);
            Hardware.CopyQuad(
                ref weights[second * TProduct.WeightPitch], ref weight[slice.Weight + second * p.ChannelQuads]);
        }

        Hardware.CommitCopies();
    }

    /// <summary>
    /// Copies the input of one channel more of the pixel; where there is none, a zero, and the last one's
    /// address stays.
    /// </summary>
    private static int CopyNext<TProduct>(
        int pass, int last, TiledSlice slice, ArrayView<float> input, ArrayView<float> target, TiledParams p)
        where TProduct : struct, ITiledProduct<TProduct>
    {
        int step = TProduct.GroupSize / TProduct.Pixels;
        bool isThere = Group.IdxX / TProduct.Pixels + pass * step < slice.Channels;
        int source = isThere ? last + step * p.InputChannelStride : last;
        Hardware.Copy(ref target[pass * step * TProduct.InputPitch], ref input[source], isThere);
        return source;
    }
}
