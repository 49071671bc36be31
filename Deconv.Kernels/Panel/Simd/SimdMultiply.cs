using System.Runtime.CompilerServices;
using ILGPU.IR.Intrinsics;

namespace Deconv.Kernels.Panel.Simd;

/// <summary><see cref="IPanelMicroKernel{TSelf}.Multiply"/> in vectors: a tile for each block of rows.</summary>
internal static unsafe class SimdMultiply<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(SimdMemory memory, MultiplyWork work)
    {
        float* weights = memory.Weights + work.First;
        float* sums = memory.Sums + (long)work.FirstSum * work.Width;
        for (int rows = work.Rows; rows > 0; rows -= PanelKernel.Rows)
        {
            if (rows > 4 && TSimd.HasManyRegisters)
            {
                MultiplyEight(weights, memory.Panel, sums, in work);
            }
            else
            {
                MultiplyFour(weights, memory.Panel, sums, in work);
                if (rows > 4)
                    MultiplyFour(weights + 4, memory.Panel, sums + 4 * work.Width, in work);
            }

            weights += work.WeightBlockStride;
            sums += PanelKernel.Rows * work.Width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyEight(float* weights, float* panel, float* sums, in MultiplyWork work)
    {
        if (work.Width == 3 * TSimd.Count)
            SimdTile<TSimd, TVector, Tile8x3>.Multiply(weights, panel, sums, work);
        else if (work.Width == 2 * TSimd.Count)
            SimdTile<TSimd, TVector, Tile8x2>.Multiply(weights, panel, sums, work);
        else
            SimdTile<TSimd, TVector, Tile8x1>.Multiply(weights, panel, sums, work);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyFour(float* weights, float* panel, float* sums, in MultiplyWork work)
    {
        if (work.Width == 3 * TSimd.Count)
            SimdTile<TSimd, TVector, Tile4x3>.Multiply(weights, panel, sums, work);
        else if (work.Width == 2 * TSimd.Count)
            SimdTile<TSimd, TVector, Tile4x2>.Multiply(weights, panel, sums, work);
        else
            SimdTile<TSimd, TVector, Tile4x1>.Multiply(weights, panel, sums, work);
    }
}
