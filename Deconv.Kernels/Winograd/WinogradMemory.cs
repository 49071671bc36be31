using Deconv.Kernels.Simd;
using ILGPU;

namespace Deconv.Kernels.Winograd;

/// <summary><see cref="Addresses"/> of the memory of one work item.</summary>
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
        Input = Addresses.Of(views.Input);
        Weights = Addresses.Of(views.Weights);
        Bias = Addresses.Of(views.Bias);
        Output = Addresses.Of(views.Output);
        RowPhases = Addresses.Of(views.RowPhases);
        ColumnPhases = Addresses.Of(views.ColumnPhases);
        Positions = Addresses.Of(views.Positions);
        WeightOffsets = Addresses.Of(views.WeightOffsets);
        Panel = CacheLines.StartOf(Addresses.Of(views.Scratch) + item * p.Scratch.Length);
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
