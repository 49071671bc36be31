using System.Runtime.CompilerServices;
using Deconv.Kernels.Formats;
using ILGPU;
using ILGPU.IR.Intrinsics;

namespace Deconv.Kernels.Panel.Simd;

/// <summary>Packs weights on the CPU accelerator, without a view's cost for each element.</summary>
internal readonly struct SimdWeightPacker<TFormat, TStorage, TSum> : IWeightPacker<TStorage, TSum>
    where TFormat : struct, IFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged
{
    public void Pack(ArrayView<TStorage> weight, ArrayView<TSum> packed, PackWeightsWork work) =>
        Run(weight, packed, work);

    [IntrinsicImplementation]
    private static unsafe void Run(ArrayView<TStorage> weight, ArrayView<TSum> packed, PackWeightsWork work)
    {
        nint* rows = stackalloc nint[PanelKernel.Rows];
        int count = Math.Min(PanelKernel.Rows, work.EndRow - work.FirstRow);
        for (int i = 0; i < count; ++i)
        {
            (int channel, int residue) = Math.DivRem(work.FirstRow + i, work.Residues);
            rows[i] = (nint)(channel * work.OutputStride + residue * work.ResidueStride);
        }

        Copy(
            (TStorage*)Unsafe.AsPointer(ref weight[work.First]),
            (TSum*)Unsafe.AsPointer(ref packed[work.Target]),
            rows,
            count,
            work);
    }

    /// <summary>
    /// Input channels run slowest, so that all taps of a cache line of the weight are taken while it
    /// is at hand.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Copy(TStorage* weight, TSum* packed, nint* rows, int count, PackWeightsWork work)
    {
        for (int input = 0; input < work.InputChannels; ++input)
        {
            TSum* target = packed;
            for (int row = 0; row < work.RowTaps; ++row)
            {
                TStorage* tap = weight + row * work.RowTapStride;
                for (int column = 0; column < work.ColumnTaps; ++column)
                {
                    int i = 0;
                    for (; i < count; ++i)
                        target[i] = TFormat.Widen(tap[rows[i]]);
                    for (; i < PanelKernel.Rows; ++i)
                        target[i] = default;
                    tap += work.ColumnTapStride;
                    target += work.InputChannels * PanelKernel.Rows;
                }
            }

            weight += work.InputStride;
            packed += PanelKernel.Rows;
        }
    }
}
