using Deconv.Kernels.Formats;

namespace Deconv.Kernels.Shared;

/// <summary>
/// The sums of one work item, 16 channels of 4 pixels: a field for each, since ILGPU keeps an
/// indexed array in slow local memory and unrolls no loop.
/// </summary>
internal struct RegisterTile<TSum>
    where TSum : unmanaged
{
    public SquareSums<TSum> Q0;
    public SquareSums<TSum> Q1;
    public SquareSums<TSum> Q2;
    public SquareSums<TSum> Q3;
}
