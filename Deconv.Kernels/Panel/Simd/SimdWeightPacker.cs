using System.Numerics;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Simd;
using ILGPU;
using ILGPU.IR.Intrinsics;

namespace Deconv.Kernels.Panel.Simd;

/// <summary>Packs weights on the CPU accelerator, without a view's cost for each element.</summary>
internal readonly struct SimdWeightPacker<TFormat, TStorage, TSum> : IWeightPacker<TStorage, TSum>
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
{
    /// <summary>Enough to fill two of the longest vectors, and few enough for their lines to stay side by side in a cache.</summary>
    private static int InputsAtOnce => TFormat.IsPlain ? 1 : 4;

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
            Addresses.Of(weight) + work.First,
            Addresses.Of(packed) + work.Target,
            rows,
            count,
            work);
    }

    /// <summary>
    /// Input channels run slowest, a few at a time, so that all taps of a cache line of the weight are taken while it
    /// is at hand, and what is gathered at a tap is converted together.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Copy(TStorage* weight, TSum* packed, nint* rows, int count, PackWeightsWork work)
    {
        TStorage* line = stackalloc TStorage[InputsAtOnce * PanelKernel.Rows];
        for (int input = 0; input < work.InputChannels; input += InputsAtOnce)
        {
            int inputs = Math.Min(InputsAtOnce, work.InputChannels - input);
            TSum* target = packed;
            for (int row = 0; row < work.RowTaps; ++row)
            {
                TStorage* tap = weight + row * work.RowTapStride;
                for (int column = 0; column < work.ColumnTaps; ++column)
                {
                    TStorage* elements = TFormat.IsPlain ? (TStorage*)target : line;
                    Gather(tap, work.InputStride, inputs, elements, rows, count);
                    if (!TFormat.IsPlain)
                        TFormat.Widen(elements, target, inputs * PanelKernel.Rows);
                    tap += work.ColumnTapStride;
                    target += work.InputChannels * PanelKernel.Rows;
                }
            }

            weight += inputs * work.InputStride;
            packed += inputs * PanelKernel.Rows;
        }
    }

    /// <summary>The rows of a few input channels at a tap, filled up with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Gather(TStorage* tap, long inputStride, int inputs, TStorage* elements, nint* rows, int count)
    {
        for (int input = 0; input < inputs; ++input)
        {
            int i = 0;
            for (; i < count; ++i)
                elements[i] = tap[rows[i]];
            for (; i < PanelKernel.Rows; ++i)
                elements[i] = default;
            tap += inputStride;
            elements += PanelKernel.Rows;
        }
    }
}
