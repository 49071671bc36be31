using Deconv.Kernels.Formats;
using ILGPU;

namespace Deconv.Kernels.Panel.Portable;

/// <summary>Packs weights on every device.</summary>
internal readonly struct PortableWeightPacker<TFormat, TStorage, TSum> : IWeightPacker<TStorage, TSum>
    where TFormat : struct, IFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged
{
    public void Pack(ArrayView<TStorage> weight, ArrayView<TSum> packed, PackWeightsWork work)
    {
        for (int input = 0; input < work.InputChannels; ++input)
        {
            for (int row = 0; row < work.RowTaps; ++row)
            {
                for (int column = 0; column < work.ColumnTaps; ++column)
                {
                    long first = work.First + input * work.InputStride
                        + row * work.RowTapStride + column * work.ColumnTapStride;
                    long target = work.Target
                        + ((long)(row * work.ColumnTaps + column) * work.InputChannels + input) * PanelKernel.Rows;
                    int channel = work.FirstRow / work.Residues;
                    int residue = work.FirstRow - channel * work.Residues;
                    for (int i = 0; i < PanelKernel.Rows; ++i)
                    {
                        TSum value = default;
                        if (work.FirstRow + i < work.EndRow)
                            value = TFormat.Widen(weight[first + channel * work.OutputStride + residue * work.ResidueStride]);
                        packed[target + i] = value;
                        ++residue;
                        if (residue == work.Residues)
                        {
                            residue = 0;
                            ++channel;
                        }
                    }
                }
            }
        }
    }
}
