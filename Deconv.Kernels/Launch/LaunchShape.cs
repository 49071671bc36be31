using ILGPU;

namespace Deconv.Kernels.Launch;

/// <summary>
/// A one-dimensional launch in which each work item owns a run of
/// <see cref="ElementsPerItem"/> neighbouring elements.
/// </summary>
internal readonly record struct LaunchShape(int GridSize, int GroupSize, long ElementsPerItem)
{
    private const int GpuGroupSize = 256;
    private const int OpenClCpuGroupSize = 64;

    /// <summary>ILGPU multiplies grid and group size in 32 bits.</summary>
    private const long MaxItems = 1L << 30;

    /// <summary>Covers <paramref name="elements"/> (at least one) elements on a device.</summary>
    public static LaunchShape Cover(long elements, DeviceLimits device)
    {
        if (device.Kind == DeviceKind.CpuAccelerator)
        {
            (int gridSize, int itemsOfGroup) = device.Spread(elements);
            return new(gridSize, itemsOfGroup, IntrinsicMath.DivRoundUp(elements, (long)gridSize * itemsOfGroup));
        }

        int preferred = device.Kind == DeviceKind.OpenClCpu ? OpenClCpuGroupSize : GpuGroupSize;
        int groupSize = Math.Min(preferred, device.MaxGroupSize);
        long maxItems = (long)MaxGridSize(groupSize, device) * groupSize;
        long elementsPerItem = IntrinsicMath.DivRoundUp(elements, maxItems);
        long items = IntrinsicMath.DivRoundUp(elements, elementsPerItem);
        return new((int)IntrinsicMath.DivRoundUp(items, groupSize), groupSize, elementsPerItem);
    }

    /// <summary>
    /// The most groups of a launch whose groups may have any size up to one, and that size: on the CPU
    /// accelerator one item, since those of a group would wait for each other as threads.
    /// </summary>
    public static (int MaxGridSize, int GroupSize) UpTo(int groupSize, DeviceLimits device)
    {
        if (device.Kind == DeviceKind.CpuAccelerator)
            return (device.Multiprocessors, 1);
        int size = Math.Min(groupSize, device.MaxGroupSize);
        return (MaxGridSize(size, device), size);
    }

    /// <summary>The most groups of a size that a launch can have.</summary>
    public static int MaxGridSize(int groupSize, DeviceLimits device) =>
        (int)Math.Min(MaxItems / groupSize, device.MaxGridSize);
}
