using System.Runtime.CompilerServices;
using ILGPU.IR.Intrinsics;

namespace Deconv.Kernels.Panel.Simd;

/// <summary>
/// <see cref="IPanelMicroKernel{TSelf}.Multiply"/> in vectors: a tile of sums for each block of rows
/// and each block of lanes.
/// </summary>
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
            if (rows > 4 && !TSimd.HasManyRegisters)
            {
                MultiplyRows<Four>(weights, memory.Panel, sums, in work);
                MultiplyTail(rows - 4, weights + 4, memory.Panel, sums + 4 * work.Width, in work);
            }
            else if (rows > 6)
            {
                MultiplyRows<Eight>(weights, memory.Panel, sums, in work);
            }
            else if (rows > 4)
            {
                MultiplyRows<Six>(weights, memory.Panel, sums, in work);
            }
            else
            {
                MultiplyTail(rows, weights, memory.Panel, sums, in work);
            }

            weights += work.WeightBlockStride;
            sums += PanelKernel.Rows * work.Width;
        }
    }

    private static void MultiplyTail(int rows, float* weights, float* panel, float* sums, in MultiplyWork work)
    {
        if (rows > 3)
            MultiplyRows<Four>(weights, panel, sums, in work);
        else if (rows > 2)
            MultiplyRows<Three>(weights, panel, sums, in work);
        else
            MultiplyRows<Two>(weights, panel, sums, in work);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyRows<TRows>(float* weights, float* panel, float* sums, in MultiplyWork work)
        where TRows : struct, INumber
    {
        int blockWidth = SimdLanes<TSimd, TVector>.BlockWidth();
        for (int lane = 0; lane < work.Width; lane += blockWidth)
        {
            int vectors = (work.Width - lane) / TSimd.Count;
            if (vectors >= 3)
                SimdTile<TSimd, TVector, TRows, Three>.Multiply(weights, panel + lane, sums + lane, work);
            else if (vectors == 2)
                SimdTile<TSimd, TVector, TRows, Two>.Multiply(weights, panel + lane, sums + lane, work);
            else
                SimdTile<TSimd, TVector, TRows, One>.Multiply(weights, panel + lane, sums + lane, work);
        }
    }
}
