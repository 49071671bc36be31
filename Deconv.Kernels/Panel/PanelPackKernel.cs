using ILGPU;

namespace Deconv.Kernels.Panel;

/// <summary>
/// Brings a weight into the order of <see cref="PanelWeights"/>.
/// <para>Ownership: item i takes the channel blocks i, i + items, i + 2 items and so
/// on, and is the only writer of their weights.</para>
/// <para>Layout: the weight lies as the strides of <see cref="PanelPackParams"/> say.</para>
/// </summary>
internal static class PanelPackKernel
{
    public static void Run<TPacker, TStorage, TSum>(
        ArrayView<TStorage> weight, ArrayView<TSum> packed, ArrayView<PanelPackSection> sections, PanelPackParams p)
        where TPacker : struct, IWeightPacker<TStorage, TSum>
        where TStorage : unmanaged
        where TSum : unmanaged
    {
        TPacker packer = default;
        int items = Grid.DimX * Group.DimX;
        for (int task = Grid.IdxX * Group.DimX + Group.IdxX; task < p.Groups * p.ChannelBlocks; task += items)
        {
            int group = task / p.ChannelBlocks;
            int block = task - group * p.ChannelBlocks;
            int channels = p.GroupOutputChannels - block * PanelKernel.Rows;
            if (channels > PanelKernel.Rows)
                channels = PanelKernel.Rows;
            for (int s = 0; s < p.SectionCount; ++s)
            {
                PanelPackSection section = sections[s];
                int rows = channels * section.Residues;
                for (int first = 0; first < rows; first += PanelKernel.Rows)
                {
                    int length = section.RowTaps * section.ColumnTaps * p.GroupInputChannels * PanelKernel.Rows;
                    var work = new PackWeightsWork
                    {
                        RowTaps = section.RowTaps,
                        ColumnTaps = section.ColumnTaps,
                        InputChannels = p.GroupInputChannels,
                        FirstRow = first,
                        EndRow = rows,
                        Residues = section.Residues,
                        First = (long)group * p.GroupInputChannels * p.InputStride
                            + (long)block * PanelKernel.Rows * p.OutputStride
                            + section.RowResidue * p.RowStride
                            + section.FirstColumnResidue * p.ColumnStride,
                        Target = group * p.GroupLength
                            + section.Offset
                            + ((long)block * section.Residues + first / PanelKernel.Rows) * length,
                        InputStride = p.InputStride,
                        OutputStride = p.OutputStride,
                        ResidueStride = p.ColumnStride,
                        RowTapStride = p.RowStep * p.RowStride,
                        ColumnTapStride = p.ColumnStep * p.ColumnStride,
                    };
                    packer.Pack(weight, packed, work);
                }
            }
        }
    }
}

/// <summary>The launch struct of <see cref="PanelPackKernel"/>; strides count elements of the weight.</summary>
internal struct PanelPackParams
{
    public int Groups;
    public int ChannelBlocks;
    public int SectionCount;
    public int GroupInputChannels;
    public int GroupOutputChannels;

    /// <summary>Distance between taps of a residue class.</summary>
    public int RowStep;

    public int ColumnStep;
    public long InputStride;
    public long OutputStride;
    public long RowStride;
    public long ColumnStride;
    public long GroupLength;
}

/// <summary>A pair of a row residue and a column class.</summary>
internal struct PanelPackSection
{
    public int RowResidue;
    public int FirstColumnResidue;
    public int Residues;
    public int RowTaps;
    public int ColumnTaps;

    /// <summary>Where the section starts in a group.</summary>
    public int Offset;
}

/// <summary>The inner loop of <see cref="PanelPackKernel"/>.</summary>
internal interface IWeightPacker<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged
{
    void Pack(ArrayView<TStorage> weight, ArrayView<TSum> packed, PackWeightsWork work);
}

/// <summary>One block of rows of a packed weight.</summary>
internal struct PackWeightsWork
{
    public int RowTaps;
    public int ColumnTaps;
    public int InputChannels;

    /// <summary>The first of the rows, which are (channel of the block, residue of the class).</summary>
    public int FirstRow;

    /// <summary>Rows from here on are zero.</summary>
    public int EndRow;

    public int Residues;

    /// <summary>Weight of the first channel, residue, tap and input channel.</summary>
    public long First;

    /// <summary>Packed weight of the first row, tap and input channel.</summary>
    public long Target;

    public long InputStride;
    public long OutputStride;
    public long ResidueStride;
    public long RowTapStride;
    public long ColumnTapStride;
}
