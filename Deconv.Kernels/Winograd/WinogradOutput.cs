using System.Numerics;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Simd;

namespace Deconv.Kernels.Winograd;

/// <summary>Sums of a channel block in one row phase, from products of the panel with packed weights.</summary>
internal static unsafe class WinogradOutput<TFormat, TStorage, TSum, TSimd, TVector>
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(
        in WinogradMemory<TStorage, TSum> memory, in WinogradTile tile, in WinogradUnit unit, in WinogradParams p)
    {
        for (int phase = 0; phase < p.Columns.Phases; ++phase)
        {
            WinogradPhase column = memory.ColumnPhases[phase];
            if (column.Taps == 0)
                continue;
            Multiply(in memory, tile.Width, in unit, in column, in p);
            if (!Transform(in memory, tile.Width, in unit, in column, phase, in p))
                WinogradRepair<TFormat, TStorage, TSum>.Run(in memory, in tile, in unit, in column, phase, in p);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(
        in WinogradMemory<TStorage, TSum> memory, int width, in WinogradUnit unit, in WinogradPhase column, in WinogradParams p)
    {
        int weightLength = p.GroupInputChannels * RowBlock.Rows;
        TSum* weights = memory.Weights + unit.Group * p.GroupWeightLength
            + memory.WeightOffsets[unit.Row.Residue * p.WeightClasses + column.Residue]
            + (long)unit.Block * unit.Row.Positions * column.Positions * weightLength;
        TSum* products = memory.Products;
        long positionStride = WinogradPatch.PanelStrideOf(in p);
        var work = new ProductWork { Width = width, PanelStep = width, Runs = 1, RunLength = p.GroupInputChannels };
        for (int y = 0; y < unit.Row.Positions; ++y)
        {
            for (int x = 0; x < column.Positions; ++x)
            {
                TSum* panel = memory.Panel + (y * p.PanelColumns + column.Indices[x]) * positionStride;
                SimdProduct<TSimd, TVector, TSum>.Run(unit.Channels, weights, panel, products, in work);
                weights += weightLength;
                products += RowBlock.Rows * width;
            }
        }
    }

    /// <summary>Whether all sums are finite.</summary>
    private static bool Transform(
        in WinogradMemory<TStorage, TSum> memory,
        int width,
        in WinogradUnit unit,
        in WinogradPhase column,
        int phase,
        in WinogradParams p) => unit.Row.Positions switch
        {
            4 => Transform<Four>(in memory, width, in unit, in column, phase, in p),
            3 => Transform<Three>(in memory, width, in unit, in column, phase, in p),
            2 => Transform<Two>(in memory, width, in unit, in column, phase, in p),
            _ => Transform<One>(in memory, width, in unit, in column, phase, in p),
        };

    private static bool Transform<TRows>(
        in WinogradMemory<TStorage, TSum> memory,
        int width,
        in WinogradUnit unit,
        in WinogradPhase column,
        int phase,
        in WinogradParams p)
        where TRows : struct, INumber => column.Positions switch
        {
            4 => Transform<TRows, Four>(in memory, width, unit.Channels, phase, in p),
            3 => Transform<TRows, Three>(in memory, width, unit.Channels, phase, in p),
            2 => Transform<TRows, Two>(in memory, width, unit.Channels, phase, in p),
            _ => Transform<TRows, One>(in memory, width, unit.Channels, phase, in p),
        };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Transform<TRows, TColumns>(
        in WinogradMemory<TStorage, TSum> memory, int width, int channels, int phase, in WinogradParams p)
        where TRows : struct, INumber
        where TColumns : struct, INumber
    {
        long stride = RowBlock.Rows * width;
        long columnStride = (long)p.Columns.Phases * p.TileWidth;
        long rowStride = p.Columns.BlockLength * columnStride;
        TSum* sums = memory.Sums + (long)phase * p.TileWidth;
        TVector check = default;
        for (int channel = 0; channel < channels; ++channel)
        {
            TSum* products = memory.Products + channel * width;
            for (int lane = 0; lane < width; lane += TSimd.Count)
            {
                TSum* m = products + lane;
                TSum* target = sums + lane;
                (TVector upper0, TVector lower0) = Column<TRows>(m, TColumns.Value * stride);
                (TVector upper1, TVector lower1) = TColumns.Value > 1 ? Column<TRows>(m + stride, TColumns.Value * stride) : default;
                (TVector upper2, TVector lower2) = TColumns.Value > 2 ? Column<TRows>(m + 2 * stride, TColumns.Value * stride) : default;
                (TVector upper3, TVector lower3) = TColumns.Value > 3 ? Column<TRows>(m + 3 * stride, TColumns.Value * stride) : default;
                TVector sum = Row<TColumns>(upper0, upper1, upper2, upper3, target, columnStride);
                if (TRows.Value > 1)
                    sum = TSimd.Add(sum, Row<TColumns>(lower0, lower1, lower2, lower3, target + rowStride, columnStride));

                // Zero, or NaN where a sum is infinite or NaN.
                check = TSimd.Add(check, TSimd.Subtract(sum, sum));
            }

            sums += p.Rows.BlockLength * rowStride;
        }

        return IsZero(check);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector Upper, TVector Lower) Column<TRows>(TSum* m, long stride)
        where TRows : struct, INumber
    {
        TVector m0 = TSimd.Load(m);
        TVector m1 = TRows.Value > 1 ? TSimd.Load(m + stride) : m0;
        TVector m2 = TRows.Value > 2 ? TSimd.Load(m + 2 * stride) : m0;
        TVector m3 = TRows.Value > 3 ? TSimd.Load(m + 3 * stride) : m0;
        return (
            WinogradFilter<TSum, TSimd, TVector>.First<TRows>(m0, m1, m2),
            WinogradFilter<TSum, TSimd, TVector>.Second<TRows>(m1, m2, m3));
    }

    /// <summary>Stores the outputs of a row of a block and returns their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Row<TColumns>(TVector m0, TVector m1, TVector m2, TVector m3, TSum* target, long stride)
        where TColumns : struct, INumber
    {
        TVector first = WinogradFilter<TSum, TSimd, TVector>.First<TColumns>(m0, m1, m2);
        TSimd.Store(first, target);
        if (TColumns.Value == 1)
            return first;
        TVector second = WinogradFilter<TSum, TSimd, TVector>.Second<TColumns>(m1, m2, m3);
        TSimd.Store(second, target + stride);
        return TSimd.Add(first, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsZero(TVector vector)
    {
        TSum* values = stackalloc TSum[TSimd.Count];
        TSimd.Store(vector, values);
        TSum sum = default;
        for (int i = 0; i < TSimd.Count; ++i)
            sum += values[i];
        return TSum.IsZero(sum);
    }
}

/// <summary>A channel block of a group in one row phase.</summary>
internal struct WinogradUnit
{
    public WinogradPhase Row;
    public int RowPhase;
    public int Group;
    public int Block;
    public int Channels;
}
