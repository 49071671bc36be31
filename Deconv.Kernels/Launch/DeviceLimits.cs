using Deconv.Kernels.Problem;

namespace Deconv.Kernels.Launch;

/// <summary>What a launch has to respect on one device.</summary>
internal sealed record DeviceLimits
{
    /// <summary>What is said of a device whose <see cref="Hardware"/> is none.</summary>
    public const string RefusalOfContext =
        "the context knows none of this library's instructions; one built with EnableDeconv does";

    public required DeviceKind Kind { get; init; }

    /// <summary>Cores, streaming multiprocessors or compute units.</summary>
    public required int Processors { get; init; }

    /// <summary>
    /// Groups that run at once on ILGPU's CPU accelerator, whose cores are the work items of few groups.
    /// </summary>
    public int Multiprocessors { get; init; } = 1;

    public HardwareLevel Hardware { get; init; } = HardwareLevel.None;

    public required int MaxGroupSize { get; init; }

    public required int MaxGridSize { get; init; }

    /// <summary>Whether it computes with 64-bit floating-point numbers, as all but some OpenCL devices do.</summary>
    public bool HasFloat64 { get; init; } = true;

    /// <summary>Why no kernel can compute with elements of a type there; null where one can.</summary>
    public string? RefuseElements(ElementType element) => HasFloat64 || !element.NeedsFloat64()
        ? null
        : $"the call's elements are {element.Name()}, and the device computes no 64-bit numbers";

    /// <summary>
    /// Grid and group of a launch with one work item for each core, or for each piece of work where
    /// there are fewer; on the CPU accelerator there may be a few items more.
    /// </summary>
    public (int GridSize, int GroupSize) Spread(long pieces)
    {
        int items = (int)Math.Min(pieces, Processors);
        if (Kind != DeviceKind.CpuAccelerator)
            return (items, 1);
        int gridSize = Math.Min(items, Multiprocessors);
        return (gridSize, (items + gridSize - 1) / gridSize);
    }
}
