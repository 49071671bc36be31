using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Runtime;

/// <summary>
/// One weight in the orders that variants read it in, each made at its first use and kept. Not
/// thread-safe: the engine's lock guards it.
/// </summary>
internal sealed class PackedWeights(Engine engine) : IDisposable
{
    private readonly Dictionary<(KernelVariant Variant, WeightProblem Weight), MemoryBuffer1D<byte, Stride1D.Dense>>
        buffers = [];

    public bool TryGet(KernelVariant variant, WeightProblem weight, out ArrayView<byte> packed)
    {
        bool isThere = buffers.TryGetValue((variant, weight), out MemoryBuffer1D<byte, Stride1D.Dense>? buffer);
        packed = isThere ? buffer!.View : default;
        return isThere;
    }

    /// <summary>Keeps a packed weight, and frees it in the end.</summary>
    public void Add(KernelVariant variant, WeightProblem weight, MemoryBuffer1D<byte, Stride1D.Dense> packed) =>
        buffers.Add((variant, weight), packed);

    public void Dispose()
    {
        foreach (MemoryBuffer1D<byte, Stride1D.Dense> buffer in buffers.Values)
            engine.Release(buffer);
        buffers.Clear();
    }
}
