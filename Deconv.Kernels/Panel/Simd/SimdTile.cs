using System.Runtime.CompilerServices;

namespace Deconv.Kernels.Panel.Simd;

/// <summary>
/// The innermost loop: rows of packed weights times vectors of a panel, summed up in registers.
/// One text for all shapes; conditions on the shape are constants to the JIT, which removes what a
/// shape does not have. It calls nothing, since a call would spill the sums in every step.
/// </summary>
internal static unsafe class SimdTile<TSimd, TVector, TShape>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
    where TShape : struct, ITileShape
{
    /// <param name="weights">[run][k][<see cref="PanelKernel.Rows"/>]; the first rows are used.</param>
    /// <param name="panel">[run][k][vector].</param>
    /// <param name="sums">[row][vector], overwritten.</param>
    /// <param name="work">Runs, their length and strides.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* weights, float* panel, float* sums, MultiplyWork work)
    {
        TVector s00 = default, s01 = default, s02 = default;
        TVector s10 = default, s11 = default, s12 = default;
        TVector s20 = default, s21 = default, s22 = default;
        TVector s30 = default, s31 = default, s32 = default;
        TVector s40 = default, s41 = default, s42 = default;
        TVector s50 = default, s51 = default, s52 = default;
        TVector s60 = default, s61 = default, s62 = default;
        TVector s70 = default, s71 = default, s72 = default;
        int weightGap = work.WeightRunStride - work.RunLength * PanelKernel.Rows;
        int panelGap = work.PanelRunStride - work.RunLength * TShape.Vectors * TSimd.Count;
        for (int run = work.Runs; run > 0; --run)
        {
            for (int k = work.RunLength; k > 0; --k)
            {
                TVector x0 = TSimd.Load(panel);
                TVector x1 = TShape.Vectors > 1 ? TSimd.Load(panel + TSimd.Count) : x0;
                TVector x2 = TShape.Vectors > 2 ? TSimd.Load(panel + 2 * TSimd.Count) : x0;
                TVector w;
                w = TSimd.Broadcast(*weights);
                s00 = TSimd.MultiplyAdd(w, x0, s00);
                if (TShape.Vectors > 1)
                    s01 = TSimd.MultiplyAdd(w, x1, s01);
                if (TShape.Vectors > 2)
                    s02 = TSimd.MultiplyAdd(w, x2, s02);
                w = TSimd.Broadcast(weights[1]);
                s10 = TSimd.MultiplyAdd(w, x0, s10);
                if (TShape.Vectors > 1)
                    s11 = TSimd.MultiplyAdd(w, x1, s11);
                if (TShape.Vectors > 2)
                    s12 = TSimd.MultiplyAdd(w, x2, s12);
                w = TSimd.Broadcast(weights[2]);
                s20 = TSimd.MultiplyAdd(w, x0, s20);
                if (TShape.Vectors > 1)
                    s21 = TSimd.MultiplyAdd(w, x1, s21);
                if (TShape.Vectors > 2)
                    s22 = TSimd.MultiplyAdd(w, x2, s22);
                w = TSimd.Broadcast(weights[3]);
                s30 = TSimd.MultiplyAdd(w, x0, s30);
                if (TShape.Vectors > 1)
                    s31 = TSimd.MultiplyAdd(w, x1, s31);
                if (TShape.Vectors > 2)
                    s32 = TSimd.MultiplyAdd(w, x2, s32);
                if (TShape.HasEightRows)
                {
                    w = TSimd.Broadcast(weights[4]);
                    s40 = TSimd.MultiplyAdd(w, x0, s40);
                    if (TShape.Vectors > 1)
                        s41 = TSimd.MultiplyAdd(w, x1, s41);
                    if (TShape.Vectors > 2)
                        s42 = TSimd.MultiplyAdd(w, x2, s42);
                    w = TSimd.Broadcast(weights[5]);
                    s50 = TSimd.MultiplyAdd(w, x0, s50);
                    if (TShape.Vectors > 1)
                        s51 = TSimd.MultiplyAdd(w, x1, s51);
                    if (TShape.Vectors > 2)
                        s52 = TSimd.MultiplyAdd(w, x2, s52);
                    w = TSimd.Broadcast(weights[6]);
                    s60 = TSimd.MultiplyAdd(w, x0, s60);
                    if (TShape.Vectors > 1)
                        s61 = TSimd.MultiplyAdd(w, x1, s61);
                    if (TShape.Vectors > 2)
                        s62 = TSimd.MultiplyAdd(w, x2, s62);
                    w = TSimd.Broadcast(weights[7]);
                    s70 = TSimd.MultiplyAdd(w, x0, s70);
                    if (TShape.Vectors > 1)
                        s71 = TSimd.MultiplyAdd(w, x1, s71);
                    if (TShape.Vectors > 2)
                        s72 = TSimd.MultiplyAdd(w, x2, s72);
                }

                weights += PanelKernel.Rows;
                panel += TShape.Vectors * TSimd.Count;
            }

            weights += weightGap;
            panel += panelGap;
        }

        StoreRow(sums + 0 * TShape.Vectors * TSimd.Count, s00, s01, s02);
        StoreRow(sums + 1 * TShape.Vectors * TSimd.Count, s10, s11, s12);
        StoreRow(sums + 2 * TShape.Vectors * TSimd.Count, s20, s21, s22);
        StoreRow(sums + 3 * TShape.Vectors * TSimd.Count, s30, s31, s32);
        if (TShape.HasEightRows)
        {
            StoreRow(sums + 4 * TShape.Vectors * TSimd.Count, s40, s41, s42);
            StoreRow(sums + 5 * TShape.Vectors * TSimd.Count, s50, s51, s52);
            StoreRow(sums + 6 * TShape.Vectors * TSimd.Count, s60, s61, s62);
            StoreRow(sums + 7 * TShape.Vectors * TSimd.Count, s70, s71, s72);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(float* sums, TVector s0, TVector s1, TVector s2)
    {
        TSimd.Store(s0, sums);
        if (TShape.Vectors > 1)
            TSimd.Store(s1, sums + TSimd.Count);
        if (TShape.Vectors > 2)
            TSimd.Store(s2, sums + 2 * TSimd.Count);
    }
}
