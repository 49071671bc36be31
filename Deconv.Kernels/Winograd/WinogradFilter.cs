using System.Runtime.CompilerServices;
using Deconv.Kernels.Simd;

namespace Deconv.Kernels.Winograd;

/// <summary>
/// Minimal filtering on one axis, by how many products ("positions") a block takes. With inputs d, taps g
/// and outputs y(i) = sum of d(i + j) g(j):
/// <para>4, two outputs of three taps: (d0 - d2) g0, (d1 + d2) (g0 + g1 + g2) / 2, (d2 - d1) (g0 - g1 + g2) / 2,
/// (d1 - d3) g2; y0 = m0 + m1 + m2, y1 = m1 - m2 - m3.</para>
/// <para>3, two outputs of two taps: (d0 - d1) g0, d1 (g0 + g1), (d1 - d2) g1; y0 = m0 + m1, y1 = m1 - m2.</para>
/// <para>2, two outputs of one tap: d0 g0, d1 g0. 1, one output of one tap: d0 g0.</para>
/// </summary>
internal static unsafe class WinogradFilter<TSum, TSimd, TVector>
    where TSum : unmanaged
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
{
    /// <summary>What of the inputs is multiplied, written <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Inputs<TPositions>(TVector d0, TVector d1, TVector d2, TVector d3, TSum* target, long stride)
        where TPositions : struct, INumber
    {
        if (TPositions.Value == 4)
        {
            TSimd.Store(TSimd.Subtract(d0, d2), target);
            TSimd.Store(TSimd.Add(d1, d2), target + stride);
            TSimd.Store(TSimd.Subtract(d2, d1), target + 2 * stride);
            TSimd.Store(TSimd.Subtract(d1, d3), target + 3 * stride);
        }
        else if (TPositions.Value == 3)
        {
            TSimd.Store(TSimd.Subtract(d0, d1), target);
            TSimd.Store(d1, target + stride);
            TSimd.Store(TSimd.Subtract(d1, d2), target + 2 * stride);
        }
        else
        {
            TSimd.Store(d0, target);
            if (TPositions.Value == 2)
                TSimd.Store(d1, target + stride);
        }
    }

    /// <summary>The first output of a block, from its products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector First<TPositions>(TVector m0, TVector m1, TVector m2)
        where TPositions : struct, INumber =>
        TPositions.Value == 4 ? TSimd.Add(TSimd.Add(m0, m1), m2)
        : TPositions.Value == 3 ? TSimd.Add(m0, m1)
        : m0;

    /// <summary>The second output of a block, where it has two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Second<TPositions>(TVector m1, TVector m2, TVector m3)
        where TPositions : struct, INumber =>
        TPositions.Value == 4 ? TSimd.Subtract(TSimd.Subtract(m1, m2), m3)
        : TPositions.Value == 3 ? TSimd.Subtract(m1, m2)
        : m1;
}
