using System.Runtime.CompilerServices;

namespace Deconv.Kernels.Simd;

/// <summary>
/// The product of a block of rows of packed weights and a panel: a tile of sums for each block of lanes.
/// </summary>
internal static unsafe class SimdProduct<TSimd, TVector, TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
    where TSum : unmanaged
{
    /// <param name="rows">Rows that are wanted, at least one; some more may be computed.</param>
    /// <param name="weights">[run][k][<see cref="RowBlock.Rows"/>].</param>
    /// <param name="panel">[run][k][lane].</param>
    /// <param name="sums">[row][lane], overwritten.</param>
    /// <param name="work">Runs, their length and strides.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int rows, TSum* weights, TSum* panel, TSum* sums, in ProductWork work)
    {
        if (rows > 4 && !TSimd.HasManyRegisters)
        {
            RunRows<Four>(weights, panel, sums, in work);
            RunFew(rows - 4, weights + 4, panel, sums + 4 * work.Width, in work);
        }
        else if (rows > 6)
        {
            RunRows<Eight>(weights, panel, sums, in work);
        }
        else if (rows > 4)
        {
            RunRows<Six>(weights, panel, sums, in work);
        }
        else
        {
            RunFew(rows, weights, panel, sums, in work);
        }
    }

    private static void RunFew(int rows, TSum* weights, TSum* panel, TSum* sums, in ProductWork work)
    {
        if (rows > 3)
            RunRows<Four>(weights, panel, sums, in work);
        else if (rows > 2)
            RunRows<Three>(weights, panel, sums, in work);
        else
            RunRows<Two>(weights, panel, sums, in work);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunRows<TRows>(TSum* weights, TSum* panel, TSum* sums, in ProductWork work)
        where TRows : struct, INumber
    {
        int lane = 0;
        while (lane < work.Width)
        {
            // Four are better off as two and two than as three and one.
            int vectors = (work.Width - lane) / TSimd.Count;
            if (vectors == 3 || vectors > 4)
            {
                SimdTile<TSimd, TVector, TSum, TRows, Three>.Multiply(weights, panel + lane, sums + lane, in work);
                lane += 3 * TSimd.Count;
            }
            else if (vectors > 1)
            {
                SimdTile<TSimd, TVector, TSum, TRows, Two>.Multiply(weights, panel + lane, sums + lane, in work);
                lane += 2 * TSimd.Count;
            }
            else
            {
                SimdTile<TSimd, TVector, TSum, TRows, One>.Multiply(weights, panel + lane, sums + lane, in work);
                lane += TSimd.Count;
            }
        }
    }
}

/// <summary>What <see cref="SimdProduct{TSimd, TVector, TSum}"/> sums up.</summary>
internal struct ProductWork
{
    /// <summary>Lanes of the panel and of the sums, whole vectors.</summary>
    public int Width;

    /// <summary>Products of a sum: <see cref="Runs"/> times <see cref="RunLength"/>.</summary>
    public int Runs;

    public int RunLength;

    /// <summary>From the weights of one run to those of the next.</summary>
    public int WeightRunStride;

    /// <summary>From the panel's elements of one product to those of the next.</summary>
    public int PanelStep;

    /// <summary>From the panel's elements of one run to those of the next.</summary>
    public int PanelRunStride;
}
