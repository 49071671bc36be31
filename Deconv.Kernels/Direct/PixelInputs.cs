using Deconv.Kernels.Formats;
using ILGPU;

namespace Deconv.Kernels.Direct;

/// <summary>Where the inputs of a work item's four pixels start.</summary>
internal struct PixelInputs
{
    public int Start0;
    public int Start1;
    public int Start2;
    public int Start3;

    /// <summary>Of a tile, a group apart; where it has fewer pixels, its last one stands for them.</summary>
    public static PixelInputs Of(DirectTile tile, DirectTask task, DirectParams p)
    {
        int last = DirectTile.Pixels(tile, task, p) - 1;
        PixelInputs inputs = default;
        inputs.Start0 = DirectTile.InputStart(tile, task, Math.Min(Group.IdxX, last), p);
        inputs.Start1 = DirectTile.InputStart(tile, task, Math.Min(Group.IdxX + Group.DimX, last), p);
        inputs.Start2 = DirectTile.InputStart(tile, task, Math.Min(Group.IdxX + 2 * Group.DimX, last), p);
        inputs.Start3 = DirectTile.InputStart(tile, task, Math.Min(Group.IdxX + 3 * Group.DimX, last), p);
        return inputs;
    }

    /// <summary>Reads an element of each, as far behind its first.</summary>
    public static FourValues<TStorage> Load<TStorage>(PixelInputs inputs, ArrayView<TStorage> input, int offset)
        where TStorage : unmanaged
    {
        FourValues<TStorage> elements = default;
        elements.X = input[inputs.Start0 + offset];
        elements.Y = input[inputs.Start1 + offset];
        elements.Z = input[inputs.Start2 + offset];
        elements.W = input[inputs.Start3 + offset];
        return elements;
    }
}
