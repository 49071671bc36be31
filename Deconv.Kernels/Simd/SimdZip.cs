using System.Runtime.CompilerServices;

namespace Deconv.Kernels.Simd;

/// <summary>
/// <see cref="SimdInterleave{TSimd, TVector, TSum}"/> for two, four and eight rows: even rows and odd rows
/// are made lines of their own, which are then zipped.
/// </summary>
internal static unsafe class SimdZip<TSimd, TVector, TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
    where TSum : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(TSum* sums, ReadOnlySpan<nint> rows, TSum bias, TSum* target, int width)
    {
        TVector added = TSimd.Broadcast(bias);
        for (int lane = 0; lane < width; lane += TSimd.Count)
        {
            if (rows.Length == 2)
            {
                Zip(Load(sums, rows, 0, lane), Load(sums, rows, 1, lane), added, target);
            }
            else if (rows.Length == 4)
            {
                (TVector even0, TVector even1) = Zip(Load(sums, rows, 0, lane), Load(sums, rows, 2, lane));
                (TVector odd0, TVector odd1) = Zip(Load(sums, rows, 1, lane), Load(sums, rows, 3, lane));
                Zip(even0, odd0, added, target);
                Zip(even1, odd1, added, target + 2 * TSimd.Count);
            }
            else
            {
                (TVector even0, TVector even1, TVector even2, TVector even3) = Zip(
                    Load(sums, rows, 0, lane),
                    Load(sums, rows, 2, lane),
                    Load(sums, rows, 4, lane),
                    Load(sums, rows, 6, lane));
                (TVector odd0, TVector odd1, TVector odd2, TVector odd3) = Zip(
                    Load(sums, rows, 1, lane),
                    Load(sums, rows, 3, lane),
                    Load(sums, rows, 5, lane),
                    Load(sums, rows, 7, lane));
                Zip(even0, odd0, added, target);
                Zip(even1, odd1, added, target + 2 * TSimd.Count);
                Zip(even2, odd2, added, target + 4 * TSimd.Count);
                Zip(even3, odd3, added, target + 6 * TSimd.Count);
            }

            target += rows.Length * TSimd.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load(TSum* sums, ReadOnlySpan<nint> rows, int row, int lane) =>
        TSimd.Load(sums + rows[row] + lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector, TVector) Zip(TVector row0, TVector row1) =>
        (TSimd.ZipLower(row0, row1), TSimd.ZipUpper(row0, row1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector, TVector, TVector, TVector) Zip(TVector row0, TVector row1, TVector row2, TVector row3)
    {
        (TVector even0, TVector even1) = Zip(row0, row2);
        (TVector odd0, TVector odd1) = Zip(row1, row3);
        return (
            TSimd.ZipLower(even0, odd0),
            TSimd.ZipUpper(even0, odd0),
            TSimd.ZipLower(even1, odd1),
            TSimd.ZipUpper(even1, odd1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Zip(TVector even, TVector odd, TVector added, TSum* target)
    {
        TSimd.Store(TSimd.Add(TSimd.ZipLower(even, odd), added), target);
        TSimd.Store(TSimd.Add(TSimd.ZipUpper(even, odd), added), target + TSimd.Count);
    }
}
