using System.Runtime.CompilerServices;
using Deconv.Kernels.Simd;
using ILGPU;

namespace Deconv.Kernels.Winograd;

/// <summary>
/// Addresses of the memory of one work item: a view costs checks at each access, and memory of the
/// CPU accelerator does not move.
/// </summary>
internal readonly unsafe struct WinogradMemory<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged
{
    public readonly TStorage* Input;
    public readonly TSum* Weights;
    public readonly TStorage* Bias;
    public readonly TStorage* Output;
    public readonly WinogradPhase* RowPhases;
    public readonly WinogradPhase* ColumnPhases;
    public readonly WinogradPosition* Positions;
    public readonly int* WeightOffsets;

    /// <summary>[row position][column position][input channel][lane].</summary>
    public readonly TSum* Panel;

    /// <summary>[row position][column position][channel][lane].</summary>
    public readonly TSum* Products;

    /// <summary>[channel][row of the block][column of the block, all phases][lane].</summary>
    public readonly TSum* Sums;

    /// <summary>A row of sums that are zero.</summary>
    public readonly TSum* Zeros;

    /// <summary>Two patches, [row][column][lane].</summary>
    public readonly TSum* Patches;

    /// <summary>Rows of inputs on their way to a patch, and a row of outputs on its way to the output.</summary>
    public readonly TSum* Line;

    /// <summary>In the place of <see cref="Line"/>, a patch that is to be converted.</summary>
    public readonly TStorage* Elements;

    /// <summary>In the place of products, which are made when a panel is whole.</summary>
    public readonly WinogradCopy* Copies;

    public WinogradMemory(in WinogradViews<TStorage, TSum> views, in WinogradParams p, int item)
    {
        Input = AddressOf(views.Input);
        Weights = AddressOf(views.Weights);
        Bias = AddressOf(views.Bias);
        Output = AddressOf(views.Output);
        RowPhases = AddressOf(views.RowPhases);
        ColumnPhases = AddressOf(views.ColumnPhases);
        Positions = AddressOf(views.Positions);
        WeightOffsets = AddressOf(views.WeightOffsets);
        long start = (long)(AddressOf(views.Scratch) + item * p.Scratch.Length);
        Panel = (TSum*)(start + (-start & (CacheLines.Length - 1)));
        Products = Panel + p.Scratch.PanelEnd;
        Sums = Panel + p.Scratch.ProductsEnd;
        Patches = Panel + p.Scratch.SumsEnd;
        Zeros = Patches - p.TileWidth;
        Line = Panel + p.Scratch.PatchesEnd;
        Elements = (TStorage*)Line;
        Copies = (WinogradCopy*)Products;

        // Columns without taps are never written, so they hold only the bias.
        new Span<TSum>(Sums, (int)(Patches - Sums)).Clear();
    }

    private static T* AddressOf<T>(ArrayView<T> view)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref view[0]);
}

/// <summary>The memory of a launch.</summary>
internal struct WinogradViews<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged
{
    public ArrayView<TStorage> Input;
    public ArrayView<TSum> Weights;
    public ArrayView<TStorage> Bias;
    public ArrayView<TStorage> Output;
    public ArrayView<TSum> Scratch;
    public ArrayView<WinogradPhase> RowPhases;
    public ArrayView<WinogradPhase> ColumnPhases;
    public ArrayView<WinogradPosition> Positions;
    public ArrayView<int> WeightOffsets;
}
