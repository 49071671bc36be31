using Deconv.Kernels.Formats;
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
    public static void Store<TFormat, TStorage, TSum>(
        RegisterTile<TSum> sum,
        SharedTile tile,
        int itemChannel,
        ArrayView<TStorage> bias,
        ArrayView<TStorage> output,
        SharedParams p)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
        where TSum : unmanaged
    {
        int lane = Group.IdxX % SharedKernel.LaneCount;
        OutputStore next = default;
        next.Pixel0 = Address(lane, tile, itemChannel, p);
        next.Pixel1 = Address(lane + SharedKernel.LaneCount, tile, itemChannel, p);
        next.Pixel2 = Address(lane + 2 * SharedKernel.LaneCount, tile, itemChannel, p);
        next.Pixel3 = Address(lane + 3 * SharedKernel.LaneCount, tile, itemChannel, p);
        next.Channel = tile.Group * p.GroupOutputChannels + tile.FirstChannel + itemChannel;
        next.EndChannel = (tile.Group + 1) * p.GroupOutputChannels;
        next = Store<TFormat, TStorage, TSum>(sum.Q0, next, bias, output, p);
        next = Store<TFormat, TStorage, TSum>(sum.Q1, next, bias, output, p);
        next = Store<TFormat, TStorage, TSum>(sum.Q2, next, bias, output, p);
        Store<TFormat, TStorage, TSum>(sum.Q3, next, bias, output, p);
    }

    /// <summary>Far enough below 0 where there is no such pixel to stay there in all channels.</summary>
    private static long Address(int pixel, SharedTile tile, int itemChannel, SharedParams p) =>
        pixel < tile.Pixels(p)
            ? tile.OutputStart(tile.FirstPixel + pixel, p) + (long)itemChannel * p.OutputChannelStride
            : long.MinValue;

    private static OutputStore Store<TFormat, TStorage, TSum>(
        SquareSums<TSum> sum, OutputStore next, ArrayView<TStorage> bias, ArrayView<TStorage> output, SharedParams p)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
        where TSum : unmanaged
    {
        next = Store<TFormat, TStorage, TSum>(sum.R0, next, bias, output, p);
        next = Store<TFormat, TStorage, TSum>(sum.R1, next, bias, output, p);
        next = Store<TFormat, TStorage, TSum>(sum.R2, next, bias, output, p);
        return Store<TFormat, TStorage, TSum>(sum.R3, next, bias, output, p);
    }

    private static OutputStore Store<TFormat, TStorage, TSum>(
        FourValues<TSum> sum, OutputStore next, ArrayView<TStorage> bias, ArrayView<TStorage> output, SharedParams p)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
        where TSum : unmanaged
    {
        if (next.Channel < next.EndChannel)
        {
            TSum constant = default;
            if (p.ChannelsPerBias != 0)
                constant = TFormat.Widen(bias[next.Channel / p.ChannelsPerBias]);
            if (next.Pixel0 >= 0)
                output[next.Pixel0] = TFormat.Round(TFormat.Add(sum.X, constant));
            if (next.Pixel1 >= 0)
                output[next.Pixel1] = TFormat.Round(TFormat.Add(sum.Y, constant));
            if (next.Pixel2 >= 0)
                output[next.Pixel2] = TFormat.Round(TFormat.Add(sum.Z, constant));
            if (next.Pixel3 >= 0)
                output[next.Pixel3] = TFormat.Round(TFormat.Add(sum.W, constant));
        }

        next.Pixel0 += p.OutputChannelStride;
        next.Pixel1 += p.OutputChannelStride;
        next.Pixel2 += p.OutputChannelStride;
        next.Pixel3 += p.OutputChannelStride;
        ++next.Channel;
        return next;
    }
}
