using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;

namespace Deconv.Kernels.Tiled;

/// <summary>What sets a <see cref="TiledVariant{TElement, TOutput}"/> apart from its sisters.</summary>
internal sealed record TiledOptions
{
    public const string RefusalOfTensorCores =
        "it needs an NVIDIA GPU's tensor cores (sm_80 or later), and a context built with EnableDeconv";

    public required string Name { get; init; }

    public required string Summary { get; init; }

    /// <summary>Products a nanosecond that an NVIDIA processor computes with full tiles.</summary>
    public required double Rate { get; init; }

    /// <summary>Groups that CUDA is to keep on a processor at once, which bounds the registers of an item.</summary>
    public required int GroupsPerProcessor { get; init; }

    /// <summary>Whether it waits to be named, since it was never measured beside its sisters.</summary>
    public bool IsForNamedCalls { get; init; }

    /// <summary>Whether it rounds the factors of products to TensorFloat32.</summary>
    public bool UsesTensorFloat32 { get; init; }

    /// <summary>The type of elements that it computes.</summary>
    public ElementType Element { get; init; } = ElementType.Float32;

    /// <summary>The least that a device must know, and what is said of one that does not.</summary>
    public HardwareLevel Hardware { get; init; } = HardwareLevel.Portable;

    public string HardwareRefusal { get; init; } = DeviceLimits.RefusalOfContext;
}
