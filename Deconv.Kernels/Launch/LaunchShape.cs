namespace Deconv.Kernels.Launch;

/// <summary>
/// A one-dimensional launch in which each work item owns a run of
/// <see cref="ElementsPerItem"/> neighbouring elements.
/// </summary>
internal readonly record struct LaunchShape(int GridSize, int GroupSize, long ElementsPerItem)
{
    private const int GpuGroupSize = 256;
    private const int OpenClCpuGroupSize = 64;

    /// <summary>
    /// Static chunks are handed to cores in order, so a few items per core even out what one core
    /// loses to other work.
    /// </summary>
    private const int ItemsPerCore = 4;

    /// <summary>ILGPU multiplies grid and group size in 32 bits.</summary>
    private const long MaxItems = 1L << 30;

    /// <summary>Covers <paramref name="elements"/> (at least one) elements on a device.</summary>
    public static LaunchShape Cover(long elements, DeviceLimits device)
    {
        int groupSize = Math.Min(PreferredGroupSize(device.Kind), device.MaxGroupSize);
        long maxItems = device.Kind == DeviceKind.CpuAccelerator
            ? (long)device.Processors * ItemsPerCore
            : (long)MaxGridSize(groupSize, device) * groupSize;
        long elementsPerItem = DivideUp(elements, maxItems);
        long items = DivideUp(elements, elementsPerItem);
        return new((int)DivideUp(items, groupSize), groupSize, elementsPerItem);
    }

    /// <summary>The most groups of a size that a launch can have.</summary>
    public static int MaxGridSize(int groupSize, DeviceLimits device) =>
        (int)Math.Min(MaxItems / groupSize, device.MaxGridSize);

    private static int PreferredGroupSize(DeviceKind kind) => kind switch
    {
        DeviceKind.CpuAccelerator => 1,
        DeviceKind.OpenClCpu => OpenClCpuGroupSize,
        _ => GpuGroupSize,
    };

    private static long DivideUp(long value, long divisor) => (value + divisor - 1) / divisor;
}
