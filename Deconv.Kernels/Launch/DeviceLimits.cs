namespace Deconv.Kernels.Launch;

/// <summary>What a launch has to respect on one device.</summary>
internal sealed record DeviceLimits
{
    public required DeviceKind Kind { get; init; }

    /// <summary>Cores, streaming multiprocessors or compute units.</summary>
    public required int Processors { get; init; }

    public required int MaxGroupSize { get; init; }

    public required int MaxGridSize { get; init; }
}
