using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Deconv.Kernels.Simd;

/// <summary>
/// The innermost loop: rows of packed weights times vectors of a panel, summed up in registers.
/// One text for all shapes; conditions on the shape are constants to the JIT, which removes what a
/// shape does not have. It calls nothing, since a call would spill the sums in every step.
/// </summary>
internal static unsafe class SimdTile<TSimd, TVector, TSum, TRows, TVectors>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
    where TSum : unmanaged
    where TRows : struct, INumber
    where TVectors : struct, INumber
{
    /// <summary>Bytes from the weights of a step to those that are asked for.</summary>
    private const int FetchDistance = 2048;

    /// <param name="weights">[run][k][<see cref="RowBlock.Rows"/>]; the first rows are used.</param>
    /// <param name="panel">[run][k][lane]; the first vectors are used.</param>
    /// <param name="sums">[row][lane]; the first vectors are overwritten.</param>
    /// <param name="work">Runs, their length and strides.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(TSum* weights, TSum* panel, TSum* sums, in ProductWork work)
    {
        TVector s00 = default, s01 = default, s02 = default;
        TVector s10 = default, s11 = default, s12 = default;
        TVector s20 = default, s21 = default, s22 = default;
        TVector s30 = default, s31 = default, s32 = default;
        TVector s40 = default, s41 = default, s42 = default;
        TVector s50 = default, s51 = default, s52 = default;
        TVector s60 = default, s61 = default, s62 = default;
        TVector s70 = default, s71 = default, s72 = default;
        int weightGap = work.WeightRunStride - work.RunLength * RowBlock.Rows;
        int width = work.Width;
        nint panelStep = work.PanelStep;
        nint panelGap = work.PanelRunStride - work.RunLength * panelStep;
        for (int run = work.Runs; run > 0; --run)
        {
            for (int k = work.RunLength; k > 0; --k)
            {
                TVector x0 = TSimd.Load(panel);
                TVector x1 = TVectors.Value > 1 ? TSimd.Load(panel + TSimd.Count) : x0;
                TVector x2 = TVectors.Value > 2 ? TSimd.Load(panel + 2 * TSimd.Count) : x0;
                TVector w;
                w = TSimd.Broadcast(*weights);
                s00 = TSimd.MultiplyAdd(w, x0, s00);
                if (TVectors.Value > 1)
                    s01 = TSimd.MultiplyAdd(w, x1, s01);
                if (TVectors.Value > 2)
                    s02 = TSimd.MultiplyAdd(w, x2, s02);
                if (TRows.Value > 1)
                {
                    w = TSimd.Broadcast(weights[1]);
                    s10 = TSimd.MultiplyAdd(w, x0, s10);
                    if (TVectors.Value > 1)
                        s11 = TSimd.MultiplyAdd(w, x1, s11);
                    if (TVectors.Value > 2)
                        s12 = TSimd.MultiplyAdd(w, x2, s12);
                }

                if (TRows.Value > 2)
                {
                    w = TSimd.Broadcast(weights[2]);
                    s20 = TSimd.MultiplyAdd(w, x0, s20);
                    if (TVectors.Value > 1)
                        s21 = TSimd.MultiplyAdd(w, x1, s21);
                    if (TVectors.Value > 2)
                        s22 = TSimd.MultiplyAdd(w, x2, s22);
                }

                if (TRows.Value > 3)
                {
                    w = TSimd.Broadcast(weights[3]);
                    s30 = TSimd.MultiplyAdd(w, x0, s30);
                    if (TVectors.Value > 1)
                        s31 = TSimd.MultiplyAdd(w, x1, s31);
                    if (TVectors.Value > 2)
                        s32 = TSimd.MultiplyAdd(w, x2, s32);
                }

                if (TRows.Value > 4)
                {
                    w = TSimd.Broadcast(weights[4]);
                    s40 = TSimd.MultiplyAdd(w, x0, s40);
                    if (TVectors.Value > 1)
                        s41 = TSimd.MultiplyAdd(w, x1, s41);
                    if (TVectors.Value > 2)
                        s42 = TSimd.MultiplyAdd(w, x2, s42);
                }

                if (TRows.Value > 5)
                {
                    w = TSimd.Broadcast(weights[5]);
                    s50 = TSimd.MultiplyAdd(w, x0, s50);
                    if (TVectors.Value > 1)
                        s51 = TSimd.MultiplyAdd(w, x1, s51);
                    if (TVectors.Value > 2)
                        s52 = TSimd.MultiplyAdd(w, x2, s52);
                }

                if (TRows.Value > 6)
                {
                    w = TSimd.Broadcast(weights[6]);
                    s60 = TSimd.MultiplyAdd(w, x0, s60);
                    if (TVectors.Value > 1)
                        s61 = TSimd.MultiplyAdd(w, x1, s61);
                    if (TVectors.Value > 2)
                        s62 = TSimd.MultiplyAdd(w, x2, s62);
                }

                if (TRows.Value > 7)
                {
                    w = TSimd.Broadcast(weights[7]);
                    s70 = TSimd.MultiplyAdd(w, x0, s70);
                    if (TVectors.Value > 1)
                        s71 = TSimd.MultiplyAdd(w, x1, s71);
                    if (TVectors.Value > 2)
                        s72 = TSimd.MultiplyAdd(w, x2, s72);
                }

                // Rows of doubles take a whole line each step, which is more than the hardware has ready.
                if (Sse.IsSupported && RowBlock.Rows * sizeof(TSum) == CacheLines.Length)
                    Sse.Prefetch0((byte*)weights + FetchDistance);
                weights += RowBlock.Rows;
                panel += panelStep;
            }

            weights += weightGap;
            panel += panelGap;
        }

        StoreRow(sums, s00, s01, s02);
        if (TRows.Value > 1)
            StoreRow(sums + 1 * width, s10, s11, s12);
        if (TRows.Value > 2)
            StoreRow(sums + 2 * width, s20, s21, s22);
        if (TRows.Value > 3)
            StoreRow(sums + 3 * width, s30, s31, s32);
        if (TRows.Value > 4)
            StoreRow(sums + 4 * width, s40, s41, s42);
        if (TRows.Value > 5)
            StoreRow(sums + 5 * width, s50, s51, s52);
        if (TRows.Value > 6)
            StoreRow(sums + 6 * width, s60, s61, s62);
        if (TRows.Value > 7)
            StoreRow(sums + 7 * width, s70, s71, s72);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(TSum* sums, TVector s0, TVector s1, TVector s2)
    {
        TSimd.Store(s0, sums);
        if (TVectors.Value > 1)
            TSimd.Store(s1, sums + TSimd.Count);
        if (TVectors.Value > 2)
            TSimd.Store(s2, sums + 2 * TSimd.Count);
    }
}
