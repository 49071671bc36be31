using Deconv.Kernels.Formats;
using ILGPU;

namespace Deconv.Kernels.Shared;

/// <summary>
/// What one work item brings of the next slice: a slice is one tap of up to
/// <see cref="SharedKernel.Depth"/> input channels, the item's share of it one pixel in all of
/// them and one output channel in half of them. It waits in registers while the slice before is
/// computed with, as it came from memory, since converting it would wait for it.
/// </summary>
internal struct StagedSlice<TStorage>
    where TStorage : unmanaged
{
    public FourValues<TStorage> Input0;
    public FourValues<TStorage> Input1;
    public FourValues<TStorage> Weight;

    /// <summary>
    /// Reads a slice of <paramref name="depth"/> input channels. Past the last of them it reads the
    /// last one again, which is never computed with.
    /// </summary>
    public static StagedSlice<TStorage> Load(
        ArrayView<TStorage> input, int inputStride, ArrayView<TStorage> weight, int weightStride, int depth)
    {
        int last = depth - 1;
        StagedSlice<TStorage> slice = default;
        slice.Input0.X = input[0];
        slice.Input0.Y = input[Math.Min(1, last) * inputStride];
        slice.Input0.Z = input[Math.Min(2, last) * inputStride];
        slice.Input0.W = input[Math.Min(3, last) * inputStride];
        slice.Input1.X = input[Math.Min(4, last) * inputStride];
        slice.Input1.Y = input[Math.Min(5, last) * inputStride];
        slice.Input1.Z = input[Math.Min(6, last) * inputStride];
        slice.Input1.W = input[Math.Min(7, last) * inputStride];

        int first = Group.IdxX / SharedKernel.TileChannels * 4;
        slice.Weight.X = weight[Math.Min(first, last) * weightStride];
        slice.Weight.Y = weight[Math.Min(first + 1, last) * weightStride];
        slice.Weight.Z = weight[Math.Min(first + 2, last) * weightStride];
        slice.Weight.W = weight[Math.Min(first + 3, last) * weightStride];
        return slice;
    }

    /// <summary>
    /// Writes the share's numbers to the group's tiles: inputs as (depth, pixels) from the item's pixel on,
    /// weights as (depth, channels) from its channel and its half of the input channels on.
    /// </summary>
    public static void Store<TFormat, TSum>(
        StagedSlice<TStorage> slice, ArrayView<TSum> inputTile, ArrayView<TSum> weightTile)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TSum : unmanaged
    {
        inputTile[0] = TFormat.Widen(slice.Input0.X);
        inputTile[SharedKernel.TilePixels] = TFormat.Widen(slice.Input0.Y);
        inputTile[2 * SharedKernel.TilePixels] = TFormat.Widen(slice.Input0.Z);
        inputTile[3 * SharedKernel.TilePixels] = TFormat.Widen(slice.Input0.W);
        inputTile[4 * SharedKernel.TilePixels] = TFormat.Widen(slice.Input1.X);
        inputTile[5 * SharedKernel.TilePixels] = TFormat.Widen(slice.Input1.Y);
        inputTile[6 * SharedKernel.TilePixels] = TFormat.Widen(slice.Input1.Z);
        inputTile[7 * SharedKernel.TilePixels] = TFormat.Widen(slice.Input1.W);
        weightTile[0] = TFormat.Widen(slice.Weight.X);
        weightTile[SharedKernel.TileChannels] = TFormat.Widen(slice.Weight.Y);
        weightTile[2 * SharedKernel.TileChannels] = TFormat.Widen(slice.Weight.Z);
        weightTile[3 * SharedKernel.TileChannels] = TFormat.Widen(slice.Weight.W);
    }
}
