using ILGPU;

namespace Deconv.Kernels.Direct;

/// <summary>The shared memory of a group.</summary>
internal struct DirectShared<TSum>
    where TSum : unmanaged
{
    /// <summary>Weights, as (slice, unit), then sums, as (unit, pixel).</summary>
    public ArrayView<TSum> Numbers;

    /// <summary>The bias of each unit.</summary>
    public ArrayView<TSum> Biases;

    /// <summary>What each slice adds to a pixel's first input.</summary>
    public ArrayView<int> InputOffsets;

    /// <summary>What each unit adds to a pixel's first output.</summary>
    public ArrayView<int> UnitStarts;

    /// <summary>The first output of each pixel; negative where there is no such pixel.</summary>
    public ArrayView<int> OutputStarts;
}
