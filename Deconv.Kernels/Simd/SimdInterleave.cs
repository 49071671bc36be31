using System.Numerics;
using System.Runtime.CompilerServices;

namespace Deconv.Kernels.Simd;

/// <summary>Makes one line of as many rows as the stride: lane i of row r becomes element i * stride + r.</summary>
internal static unsafe class SimdInterleave<TSimd, TVector, TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
    where TSum : unmanaged, INumberBase<TSum>
{
    /// <summary>Longer strides gain nothing from vectors.</summary>
    private const int MaxStride = 8;

    private static readonly TSum[]?[] Tables = new TSum[MaxStride + 1][];

    /// <param name="sums">Where the rows are.</param>
    /// <param name="rows">Their offsets, one for each phase.</param>
    /// <param name="bias">Added to every element.</param>
    /// <param name="target">Overwritten with width * stride elements.</param>
    /// <param name="width">Lanes of a row, whole vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(TSum* sums, ReadOnlySpan<nint> rows, TSum bias, TSum* target, int width)
    {
        if (rows.Length == 1)
        {
            Add(sums + rows[0], bias, target, width);
        }
        else if (rows.Length is 2 or 4 or 8)
        {
            SimdZip<TSimd, TVector, TSum>.Run(sums, rows, bias, target, width);
        }
        else if (rows.Length <= MaxStride)
        {
            TSum[] tables = Tables[rows.Length] ??= MakeTables(rows.Length);
            fixed (TSum* table = tables)
                Interleave(sums, rows, bias, target, width, table);
        }
        else
        {
            for (int phase = 0; phase < rows.Length; ++phase)
            {
                for (int lane = 0; lane < width; ++lane)
                    target[lane * rows.Length + phase] = sums[rows[phase] + lane] + bias;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(TSum* sums, TSum bias, TSum* target, int width)
    {
        TVector added = TSimd.Broadcast(bias);
        for (int lane = 0; lane < width; lane += TSimd.Count)
            TSimd.Store(TSimd.Add(TSimd.Load(sums + lane), added), target + lane);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interleave(
        TSum* sums, ReadOnlySpan<nint> rows, TSum bias, TSum* target, int width, TSum* tables)
    {
        TVector added = TSimd.Broadcast(bias);
        for (int lane = 0; lane < width; lane += TSimd.Count)
        {
            TSum* table = tables;
            for (int vector = 0; vector < rows.Length; ++vector)
            {
                TVector indices = TSimd.Load(table);
                TVector line = TSimd.Permute(TSimd.Load(sums + rows[0] + lane), indices);
                for (int phase = 1; phase < rows.Length; ++phase)
                {
                    TVector row = TSimd.Permute(TSimd.Load(sums + rows[phase] + lane), indices);
                    line = TSimd.Select(TSimd.Load(table + phase * TSimd.Count), row, line);
                }

                TSimd.Store(TSimd.Add(line, added), target);
                target += TSimd.Count;
                table += rows.Length * TSimd.Count;
            }
        }
    }

    /// <summary>
    /// For each of the vectors that a vector of each row makes: which lane each of its lanes takes,
    /// then for each phase but the first, a mask of the lanes that are the phase's.
    /// </summary>
    private static TSum[] MakeTables(int stride)
    {
        var tables = new TSum[stride * stride * TSimd.Count];
        for (int vector = 0; vector < stride; ++vector)
        {
            Span<TSum> table = tables.AsSpan(vector * stride * TSimd.Count);
            for (int lane = 0; lane < TSimd.Count; ++lane)
            {
                (int index, int phase) = Math.DivRem(vector * TSimd.Count + lane, stride);
                table[lane] = LaneOf(index);
                if (phase > 0)
                    table[phase * TSimd.Count + lane] = LaneOf(-1);
            }
        }

        return tables;
    }

    /// <summary>A whole number as the bits of a lane.</summary>
    private static TSum LaneOf(long bits) =>
        sizeof(TSum) == sizeof(int) ? Unsafe.BitCast<int, TSum>((int)bits) : Unsafe.BitCast<long, TSum>(bits);
}
