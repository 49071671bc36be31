using Deconv.Kernels.Formats;
using ILGPU;

namespace Deconv.Kernels.Direct;

/// <summary>
/// y[n, co, oh, ow] = bias[co] + sum over ci of the group and over the taps (kh, kw) that reach
/// (oh, ow) of x[n, ci, ih, iw] * w[ci, co in group, kh, kw], for outputs that are sums of few products, so that
/// memory is what takes the time: an input is read once for all the phases that it reaches, and each warp reads
/// and writes whole lines.
/// <para>Ownership: a group computes one <see cref="DirectTile"/> after the other. Work item t owns of each the
/// pixels t + group size * j, four of them, with all units of the tile, and sums them up in registers. The
/// sums change owners on their way to the output, each element of which is written once.</para>
/// <para>Layout: input, weight and output lie as the strides of <see cref="DirectParams"/> say. Shared memory
/// is <see cref="DirectShared{TSum}"/>, with the weights of as many slices at a time as it can hold.</para>
/// <para>Preconditions: groups of at most MaxGroupSize items; tasks in the order of their first tiles. Taps lie
/// inside the input. Pixels and units past the last one repeat its operands and are not stored, so
/// that no padded zero is multiplied.</para>
/// </summary>
internal static class DirectKernel
{
    public const int MaxGroupSize = 128;

    /// <summary>Pixels of a tile that a work item owns.</summary>
    public const int ItemPixels = 4;

    public static void Run<TFormat, TStorage, TSum, TSums>(
        ArrayView<TStorage> input,
        ArrayView<TStorage> weight,
        ArrayView<TStorage> bias,
        ArrayView<DirectTask> tasks,
        ArrayView<DirectUnit> units,
        ArrayView<TStorage> output,
        DirectParams p)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
        where TSum : unmanaged
        where TSums : struct, IUnitSums<TSums, TSum>
    {
        ArrayView<FourValues<TSum>> quads = SharedMemory.Allocate<FourValues<TSum>>(TSums.Units / 4 * TSums.MaxPitch);
        ArrayView<FourValues<TSum>> biases = SharedMemory.Allocate<FourValues<TSum>>(TSums.Units / 4);
        DirectShared<TSum> shared = default;
        shared.Numbers = quads.Cast<TSum>();
        shared.Biases = biases.Cast<TSum>();
        shared.InputOffsets = SharedMemory.Allocate<int>(TSums.MaxPitch);
        shared.UnitStarts = SharedMemory.Allocate<int>(TSums.Units);
        shared.OutputStarts = SharedMemory.Allocate<int>(TSums.PartPixels * MaxGroupSize);
        for (int number = Grid.IdxX; number < p.TileCount; number += Grid.DimX)
        {
            DirectTile tile = DirectTile.Find(number, ItemPixels * Group.DimX, TSums.Units, tasks, p);
            ArrayView<DirectUnit> tileUnits = units.SubView(tile.FirstUnit);
            ArrayView<TStorage> groupWeight = weight.SubView(tile.Group * p.GroupInputChannels * p.WeightInputStride);
            int slices = tasks[tile.TaskNumber].SliceCount;
            TSums sum = default;

            // The group has stored the tile before. Barriers come before loads and never behind them: at O2 ILGPU
            // lets loads sink below the barrier that ends their block. What is behind a barrier starts without a
            // condition, some items writing what others do, so that the code's text shows it there.
            Group.Barrier();
            int next = Group.IdxX;
            do
            {
                DirectUnit unit = tileUnits[next % TSums.Units];
                shared.Biases[next % TSums.Units] = Bias<TFormat, TStorage, TSum>(tile, unit, bias, p);
                shared.UnitStarts[next % TSums.Units] = unit.OutputStart;
                next += Group.DimX;
            }
            while (next < TSums.Units);

            for (int first = 0; first < slices; first += TSums.MaxPitch)
            {
                int count = Math.Min(TSums.MaxPitch, slices - first);
                DirectTask task = tasks[tile.TaskNumber];
                Group.Barrier();
                next = Group.IdxX;
                do
                {
                    int slice = Math.Min(next, count - 1);
                    shared.InputOffsets[slice] = DirectSlice.At(first + slice, task, p).InputOffset;
                    next += Group.DimX;
                }
                while (next < count);
                for (int i = Group.IdxX; i < count * TSums.Units; i += Group.DimX)
                {
                    DirectSlice slice = DirectSlice.At(first + i / TSums.Units, task, p);
                    int start = tileUnits[i % TSums.Units].WeightStart;
                    shared.Numbers[i] = TFormat.Widen(groupWeight[start + slice.WeightOffset]);
                }

                Group.Barrier();
                sum = MultiplyAdd<TFormat, TStorage, TSum, TSums>(
                    sum, PixelInputs.Of(tile, task, p), input, shared.InputOffsets, quads, count, DirectTile.Quads(tile, task));
            }

            Group.Barrier();
            sum = TSums.Add<TFormat, TStorage>(sum, biases);
            DirectStore.Store<TFormat, TStorage, TSum, TSums>(
                sum, tile, tasks[tile.TaskNumber], shared, output, p);
        }
    }

    private static TSum Bias<TFormat, TStorage, TSum>(
        DirectTile tile, DirectUnit unit, ArrayView<TStorage> bias, DirectParams p)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
        where TSum : unmanaged
    {
        TSum number = default;
        if (p.ChannelsPerBias != 0)
            number = TFormat.Widen(bias[(tile.Group * p.GroupOutputChannels + unit.Channel) / p.ChannelsPerBias]);
        return number;
    }

    /// <summary>
    /// Adds the products of some slices, two at a time, while the inputs of the next two are on their way.
    /// </summary>
    private static TSums MultiplyAdd<TFormat, TStorage, TSum, TSums>(
        TSums sum,
        PixelInputs inputs,
        ArrayView<TStorage> input,
        ArrayView<int> offsets,
        ArrayView<FourValues<TSum>> weights,
        int count,
        int quads)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
        where TSum : unmanaged
        where TSums : struct, IUnitSums<TSums, TSum>
    {
        FourValues<TStorage> even = PixelInputs.Load(inputs, input, offsets[0]);
        FourValues<TStorage> odd = even;
        if (count > 1)
            odd = PixelInputs.Load(inputs, input, offsets[1]);
        for (int i = 0; i < count; i += 2)
        {
            FourValues<TStorage> first = even;
            FourValues<TStorage> second = odd;
            if (i + 2 < count)
                even = PixelInputs.Load(inputs, input, offsets[i + 2]);
            if (i + 3 < count)
                odd = PixelInputs.Load(inputs, input, offsets[i + 3]);
            ArrayView<FourValues<TSum>> pair = weights.SubView(i * (TSums.Units / 4));
            sum = TSums.MultiplyAdd<TFormat, TStorage>(
                sum, pair, FourValues<TSum>.Widen<TFormat, TStorage>(first), quads);
            if (i + 1 < count)
            {
                sum = TSums.MultiplyAdd<TFormat, TStorage>(
                    sum, pair.SubView(TSums.Units / 4), FourValues<TSum>.Widen<TFormat, TStorage>(second), quads);
            }
        }

        return sum;
    }
}
