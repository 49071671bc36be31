using Deconv.Kernels.Formats;
using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// Brings the sums of a tile to the output, in four parts that each pass through shared memory, so that
/// neighbouring work items write neighbouring outputs: a part has a quarter of the channels, in all
/// phases, and phases are neighbours in the output.
/// </summary>
internal static class TiledStore
{
    public const int PhaseShift = 18;

    /// <summary>
    /// Writes where the outputs of the tile's pixels start, each item for a pixel; negative where there is no
    /// such pixel.
    /// </summary>
    public static void Locate<TProduct>(TiledTile tile, ArrayView<long> outputStarts, TiledParams p)
        where TProduct : struct, ITiledProduct<TProduct>
    {
        int pixel = Group.IdxX % TProduct.Pixels;
        outputStarts[Group.IdxX] = pixel < TiledTile.Pixels(tile, p) ? TiledTile.OutputStart(tile, pixel, p) : -1;
    }

    public static void Store<TProduct, TOutput, TFormat>(
        TProduct sum,
        TiledTile tile,
        ArrayView<Quad> sums,
        ArrayView<long> outputStarts,
        ArrayView<TOutput> bias,
        ArrayView<TOutput> output,
        TiledParams p)
        where TProduct : struct, ITiledProduct<TProduct>
        where TOutput : unmanaged
        where TFormat : struct, IFormat<TOutput, float>
    {
        int outputs = tile.Task.PhaseCount * tile.Task.PhaseQuads * TProduct.Pixels;
        for (int part = 0; part < 4; ++part)
        {
            // The group is done with the slice, or the part, before.
            Hardware.Barrier();
            TProduct.Lay(sum, part, sums);
            Hardware.Barrier();
            ArrayView<float> values = sums.Cast<float>();
            for (int i = Group.IdxX; i < outputs; i += TProduct.GroupSize)
            {
                int upToPixel = (i * tile.Task.PhaseScale) >> PhaseShift;
                int phase = i - upToPixel * tile.Task.PhaseCount;
                int quad = upToPixel / TProduct.Pixels;
                int pixel = upToPixel - quad * TProduct.Pixels;
                int channel = (tile.FirstQuad + quad) * 4 + part;
                long start = outputStarts[pixel];
                if (start >= 0 && channel < p.GroupOutputChannels)
                {
                    int biasNumber = tile.Group * p.GroupOutputChannels + channel;
                    if (p.ChannelsPerBias > 1)
                        biasNumber /= p.ChannelsPerBias;
                    float constant = p.ChannelsPerBias != 0 ? TFormat.Widen(bias[biasNumber]) : 0f;
                    float value = values[(phase * tile.Task.PhaseQuads + quad) * TProduct.SumPitch + pixel];
                    output[start + channel * p.OutputChannelStride + phase * tile.Task.PhaseOutputStride] =
                        TFormat.Round(value + constant);
                }
            }
        }
    }
}
