using ILGPU;

namespace Deconv.Kernels.Shared;

/// <summary>
/// Where a work item stores the next channel of its sums. It goes on from channel to channel, so that
/// no address has to be kept, one for each of them, while the sums are computed.
/// </summary>
internal struct OutputStore
{
    /// <summary>The address of each pixel; negative where the region has no such pixel.</summary>
    public long Pixel0;
    public long Pixel1;
    public long Pixel2;
    public long Pixel3;

    /// <summary>The output channel, counted over all groups, and the first one not to be stored.</summary>
    public int Channel;
    public int EndChannel;

    /// <summary>Stores the sums of an item, whose first channel is <paramref name="itemChannel"/>.</summary>
    public static void Store(
        RegisterTile sum,
        SharedTile tile,
        int itemChannel,
        ArrayView<float> bias,
        ArrayView<float> output,
        SharedParams p)
    {
        int lane = Group.IdxX % SharedKernel.LaneCount;
        OutputStore next = default;
        next.Pixel0 = Address(lane, tile, itemChannel, p);
        next.Pixel1 = Address(lane + SharedKernel.LaneCount, tile, itemChannel, p);
        next.Pixel2 = Address(lane + 2 * SharedKernel.LaneCount, tile, itemChannel, p);
        next.Pixel3 = Address(lane + 3 * SharedKernel.LaneCount, tile, itemChannel, p);
        next.Channel = tile.Group * p.GroupOutputChannels + tile.FirstChannel + itemChannel;
        next.EndChannel = (tile.Group + 1) * p.GroupOutputChannels;
        next = Store(sum.Q0, next, bias, output, p);
        next = Store(sum.Q1, next, bias, output, p);
        next = Store(sum.Q2, next, bias, output, p);
        Store(sum.Q3, next, bias, output, p);
    }

    /// <summary>Far enough below 0 where there is no such pixel to stay there in all channels.</summary>
    private static long Address(int pixel, SharedTile tile, int itemChannel, SharedParams p) =>
        pixel < tile.Pixels(p)
            ? tile.OutputStart(tile.FirstPixel + pixel, p) + (long)itemChannel * p.OutputChannelStride
            : long.MinValue;

    private static OutputStore Store(
        QuarterTile sum, OutputStore next, ArrayView<float> bias, ArrayView<float> output, SharedParams p)
    {
        next = Store(sum.C0, next, bias, output, p);
        next = Store(sum.C1, next, bias, output, p);
        next = Store(sum.C2, next, bias, output, p);
        return Store(sum.C3, next, bias, output, p);
    }

    private static OutputStore Store(
        Float4 sum, OutputStore next, ArrayView<float> bias, ArrayView<float> output, SharedParams p)
    {
        if (next.Channel < next.EndChannel)
        {
            float constant = p.ChannelsPerBias != 0 ? bias[next.Channel / p.ChannelsPerBias] : 0f;
            if (next.Pixel0 >= 0)
                output[next.Pixel0] = sum.X + constant;
            if (next.Pixel1 >= 0)
                output[next.Pixel1] = sum.Y + constant;
            if (next.Pixel2 >= 0)
                output[next.Pixel2] = sum.Z + constant;
            if (next.Pixel3 >= 0)
                output[next.Pixel3] = sum.W + constant;
        }

        next.Pixel0 += p.OutputChannelStride;
        next.Pixel1 += p.OutputChannelStride;
        next.Pixel2 += p.OutputChannelStride;
        next.Pixel3 += p.OutputChannelStride;
        ++next.Channel;
        return next;
    }
}
