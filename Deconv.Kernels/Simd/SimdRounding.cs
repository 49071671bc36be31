using System.Numerics;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Formats;

namespace Deconv.Kernels.Simd;

/// <summary>
/// <see cref="SimdInterleave{TSimd, TVector, TSum}"/> of sums that are rounded on their way to the output. Even
/// rows and odd rows are made lines of their own where they are long enough: rounding takes elements of both in
/// turns, at no cost, so that the last step of interleaving is saved.
/// </summary>
internal readonly unsafe struct SimdRounding<TFormat, TStorage, TSum, TSimd, TVector>
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
{
    /// <summary>Shorter lines take no longer to interleave than two.</summary>
    private const int MinVectors = 3;

    private readonly TSum* even;

    /// <summary>Null where all elements are in one line.</summary>
    private readonly TSum* odd;

    /// <summary>Elements of a lane in one line.</summary>
    private readonly int step;

    private readonly TSum bias;

    private SimdRounding(TSum* even, TSum* odd, int step, TSum bias)
    {
        this.even = even;
        this.odd = odd;
        this.step = step;
        this.bias = bias;
    }

    /// <summary>Where a row goes before <see cref="Of"/> takes it: even ones first, if they are made a line of their own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlaceOf(int row, int rows, int width) =>
        IsPaired(rows, width) ? row % 2 * (rows / 2) + row / 2 : row;

    /// <param name="sums">Where the rows are.</param>
    /// <param name="rows">Their offsets, each in its <see cref="PlaceOf"/>.</param>
    /// <param name="bias">Added to every element.</param>
    /// <param name="line">Overwritten with width * stride numbers.</param>
    /// <param name="width">Lanes of a row, whole vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdRounding<TFormat, TStorage, TSum, TSimd, TVector> Of(
        TSum* sums, ReadOnlySpan<nint> rows, TSum bias, TSum* line, int width)
    {
        if (!IsPaired(rows.Length, width))
        {
            SimdInterleave<TSimd, TVector, TSum>.Run(sums, rows, bias, line, width);
            return new(line, null, rows.Length, bias);
        }

        int half = rows.Length / 2;
        if (half == 1)
            return new(sums + rows[0], sums + rows[1], 1, bias);
        TSum* otherLine = line + width * half;

        // The bias comes later, and nothing but -0 leaves every number what it is.
        SimdInterleave<TSimd, TVector, TSum>.Run(sums, rows[..half], -TSum.Zero, line, width);
        SimdInterleave<TSimd, TVector, TSum>.Run(sums, rows[half..], -TSum.Zero, otherLine, width);
        return new(line, otherLine, half, bias);
    }

    /// <summary>Writes as many elements, from a lane on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Round(int lane, TStorage* target, int count)
    {
        int first = lane * step;
        if (odd == null)
        {
            TFormat.Round(even + first, target, count);
            return;
        }

        int pairs = count / 2;
        TFormat.RoundPairs(even + first, odd + first, bias, target, pairs);
        if (count % 2 != 0)
            target[count - 1] = TFormat.Round(even[first + pairs] + bias);
    }

    private static bool IsPaired(int rows, int width) =>
        rows % 2 == 0 && (rows == 2 || width >= MinVectors * TSimd.Count);
}
