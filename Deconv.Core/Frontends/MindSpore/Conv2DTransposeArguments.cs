using Deconv.Kernels.Problem;

namespace Deconv.Frontends.MindSpore;

/// <summary>What the constructor of MindSpore's Conv2DTranspose makes of its arguments.</summary>
internal sealed record Conv2DTransposeArguments
{
    public required PerAxis<int> KernelSize { get; init; }

    public required PerAxis<int> Stride { get; init; }

    public required PerAxis<int> Dilation { get; init; }

    /// <summary>Null: as the sizes of a call ask for, in pad mode same.</summary>
    public required PerAxis<AxisPads>? Pads { get; init; }

    public required int Group { get; init; }

    public required TensorLayout Layout { get; init; }
}
