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
    /// <summary>A few at most.</summary>
    private readonly List<PackedWeight> kept = [];

    public bool TryGet(KernelVariant variant, WeightProblem weight, out ArrayView<byte> packed)
    {
        foreach (PackedWeight candidate in kept)
        {
            if (candidate.Variant == variant && candidate.Weight == weight)
            {
                packed = candidate.Buffer.View;
                return true;
            }
        }

        packed = default;
        return false;
    }

    /// <summary>Keeps a packed weight, and frees it in the end.</summary>
    public void Add(KernelVariant variant, WeightProblem weight, MemoryBuffer1D<byte, Stride1D.Dense> packed) =>
        kept.Add(new(variant, weight, packed));

    public void Dispose()
    {
        foreach (PackedWeight weight in kept)
            engine.Release(weight.Buffer);
        kept.Clear();
    }

    private sealed class PackedWeight(
        KernelVariant variant, WeightProblem weight, MemoryBuffer1D<byte, Stride1D.Dense> buffer)
    {
        public readonly KernelVariant Variant = variant;
        public readonly WeightProblem Weight = weight;
        public readonly MemoryBuffer1D<byte, Stride1D.Dense> Buffer = buffer;
    }
}
