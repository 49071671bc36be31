using ILGPU;

namespace Deconv.Kernels.Panel.Portable;

/// <summary>Packs weights on every device.</summary>
internal readonly struct PortableWeightPacker : IWeightPacker
{
    public void Pack(ArrayView<float> weight, ArrayView<float> packed, PackWeightsWork work)
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
                        float value = 0f;
                        if (work.FirstRow + i < work.EndRow)
                            value = weight[first + channel * work.OutputStride + residue * work.ResidueStride];
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
