using System.Runtime.CompilerServices;
using Deconv.Kernels.Simd;
using ILGPU.IR.Intrinsics;

namespace Deconv.Kernels.Panel.Simd;

/// <summary><see cref="IPanelMicroKernel{TSelf}.Multiply"/> in vectors, block of rows by block of rows.</summary>
internal static unsafe class SimdMultiply<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(SimdMemory memory, MultiplyWork work)
    {
        var product = new ProductWork
        {
            Width = work.Width,
            Runs = work.Runs,
            RunLength = work.RunLength,
            WeightRunStride = work.WeightRunStride,
            PanelRunStride = work.PanelRunStride,
        };
        float* weights = memory.Weights + work.First;
        float* sums = memory.Sums + (long)work.FirstSum * work.Width;
        for (int rows = work.Rows; rows > 0; rows -= RowBlock.Rows)
        {
            SimdProduct<TSimd, TVector>.Run(rows, weights, memory.Panel, sums, in product);
            weights += work.WeightBlockStride;
            sums += RowBlock.Rows * work.Width;
        }
    }
}
