using System.Runtime.CompilerServices;
using ILGPU;

namespace Deconv.Kernels.Winograd;

/// <summary>
/// Addresses of the memory of one work item: a view costs checks at each access, and memory of the
/// CPU accelerator does not move.
/// </summary>
internal readonly unsafe struct WinogradMemory
{
    public readonly float* Input;
    public readonly float* Weights;
    public readonly float* Bias;
    public readonly float* Output;
    public readonly WinogradPhase* RowPhases;
    public readonly WinogradPhase* ColumnPhases;
    public readonly WinogradPosition* Positions;
    public readonly int* WeightOffsets;

    /// <summary>[row position][column position][input channel][lane].</summary>
    public readonly float* Panel;

    /// <summary>[row position][column position][channel][lane].</summary>
    public readonly float* Products;

    /// <summary>[channel][row of the block][column of the block, all phases][lane].</summary>
    public readonly float* Sums;

    /// <summary>A row of sums that are zero.</summary>
    public readonly float* Zeros;

    /// <summary>Two patches, [row][column][lane].</summary>
    public readonly float* Patches;

    /// <summary>Rows of inputs on their way to a patch, and a row of outputs on its way to the output.</summary>
    public readonly float* Line;

    /// <summary>In the place of products, which are made when a panel is whole.</summary>
    public readonly WinogradCopy* Copies;

    public WinogradMemory(in WinogradViews views, in WinogradParams p, int item)
    {
        const int CacheLine = 64;
        Input = AddressOf(views.Input);
        Weights = AddressOf(views.Weights);
        Bias = AddressOf(views.Bias);
        Output = AddressOf(views.Output);
        RowPhases = (WinogradPhase*)AddressOf(views.RowPhases);
        ColumnPhases = (WinogradPhase*)AddressOf(views.ColumnPhases);
        Positions = (WinogradPosition*)AddressOf(views.Positions);
        WeightOffsets = (int*)AddressOf(views.WeightOffsets);
        long start = (long)(AddressOf(views.Scratch) + item * p.Scratch.Length);
        Panel = (float*)(start + (-start & (CacheLine - 1)));
        Products = Panel + p.Scratch.PanelEnd;
        Sums = Panel + p.Scratch.ProductsEnd;
        Patches = Panel + p.Scratch.SumsEnd;
        Zeros = Patches - p.TileWidth;
        Line = Panel + p.Scratch.PatchesEnd;
        Copies = (WinogradCopy*)Products;

        // Columns without taps are never written, so they hold only the bias.
        new Span<float>(Sums, (int)(Patches - Sums)).Clear();
    }

    private static float* AddressOf<T>(ArrayView<T> view)
        where T : unmanaged => (float*)Unsafe.AsPointer(ref view[0]);
}

/// <summary>The memory of a launch.</summary>
internal struct WinogradViews
{
    public ArrayView<float> Input;
    public ArrayView<float> Weights;
    public ArrayView<float> Bias;
    public ArrayView<float> Output;
    public ArrayView<float> Scratch;
    public ArrayView<WinogradPhase> RowPhases;
    public ArrayView<WinogradPhase> ColumnPhases;
    public ArrayView<WinogradPosition> Positions;
    public ArrayView<int> WeightOffsets;
}
