using Deconv.Kernels.Formats;
using ILGPU;

namespace Deconv.Kernels.Direct;

/// <summary>
/// Brings the sums of a tile to the output, as many pixels at a time as shared memory has room for: they pass
/// through it, so that neighbouring work items write neighbouring outputs, whatever the stride and wherever
/// rows start.
/// </summary>
internal static class DirectStore
{
    public static void Store<TFormat, TStorage, TSum, TSums>(
        TSums sum,
        DirectTile tile,
        DirectTask task,
        DirectShared<TSum> shared,
        ArrayView<TStorage> output,
        DirectParams p)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
        where TSum : unmanaged
        where TSums : struct, IUnitSums<TSums, TSum>
    {
        int quads = DirectTile.Quads(tile, task);
        int pixels = DirectTile.Pixels(tile, task, p);
        int partPixels = TSums.PartPixels * Group.DimX;
        for (int part = 0; part < DirectKernel.ItemPixels / TSums.PartPixels; ++part)
        {
            // The group has read the weights, or stored the part before.
            Group.Barrier();
            TSums.Lay(sum, part, shared.Numbers.SubView(Group.IdxX), task.Pitch, quads);
            for (int i = Group.IdxX; i < partPixels; i += Group.DimX)
            {
                int pixel = part * partPixels + i;
                shared.OutputStarts[i] = pixel < pixels ? DirectTile.OutputStart(tile, task, pixel, p) : -1;
            }

            Group.Barrier();
            int lineUnits = task.LineUnits;
            for (int i = Group.IdxX; i < lineUnits * partPixels; i += Group.DimX)
            {
                int pixel = task.ByLineUnits.Divide(i);
                int place = i - pixel * lineUnits;
                int start = shared.OutputStarts[pixel];
                if (start >= 0)
                {
                    start += shared.UnitStarts[place] - shared.UnitStarts[0];
                    int source = place * task.Pitch + pixel;
                    for (int unit = 0; unit < tile.Lines * lineUnits; unit += lineUnits)
                    {
                        output[start + shared.UnitStarts[unit]] = TFormat.Round(shared.Numbers[source]);
                        source += lineUnits * task.Pitch;
                    }
                }
            }
        }
    }
}
