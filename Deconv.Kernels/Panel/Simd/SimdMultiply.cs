using System.Runtime.CompilerServices;
using Deconv.Kernels.Simd;
using ILGPU.IR.Intrinsics;

namespace Deconv.Kernels.Panel.Simd;

/// <summary><see cref="IPanelMicroKernel.Multiply"/> in vectors, block of rows by block of rows.</summary>
internal static unsafe class SimdMultiply<TStorage, TSum, TSimd, TVector>
    where TStorage : unmanaged
    where TSum : unmanaged
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
{
    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in SimdMemory<TStorage, TSum> memory, in MultiplyWork work)
    {
        var product = new ProductWork
        {
            Width = work.Width,
            Runs = work.Runs,
            RunLength = work.RunLength,
            WeightRunStride = work.WeightRunStride,
            PanelStep = work.PanelStep,
            PanelRunStride = work.PanelRunStride,
        };
        TSum* weights = memory.Weights + work.First;
        TSum* panel = memory.Panel + work.FirstPanel;
        TSum* sums = memory.Sums + (long)work.FirstSum * work.Width;
        for (int rows = work.Rows; rows > 0; rows -= RowBlock.Rows)
        {
            SimdProduct<TSimd, TVector, TSum>.Run(rows, weights, panel, sums, in product);
            weights += work.WeightBlockStride;
            sums += RowBlock.Rows * work.Width;
        }
    }
}
