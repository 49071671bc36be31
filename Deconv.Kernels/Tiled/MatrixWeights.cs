using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>
/// A work item's share of a slice's weights: one run of each of four output channels where there are as many items
/// as rows, of two where there are twice as many.
/// </summary>
internal struct MatrixWeights<TProduct>
    where TProduct : struct, ITiledProduct<TProduct>
{
    private ArrayView<Quad> source;
    private ArrayView<Quad> target;

    private static bool HasFourChannels => TProduct.GroupSize == TProduct.Rows;

    private static int OutputQuad => (HasFourChannels ? Group.IdxX : Group.IdxX % TProduct.Rows) / MatrixStage.Runs;

    /// <summary>The first of the item's output channels, of a quad of them.</summary>
    private static int Channel => HasFourChannels ? 0 : Group.IdxX / TProduct.Rows * 2;

    private static int Run => Group.IdxX % MatrixStage.Runs;

    public static MatrixWeights<TProduct> To(ArrayView<Quad> stage)
    {
        int row = MatrixStage.RowOfQuad(OutputQuad) + Channel * MatrixStage.MatrixRows;
        MatrixWeights<TProduct> weights = default;
        weights.target = stage.SubView(row * MatrixStage.Runs + MatrixStage.Place(row, Run));
        return weights;
    }

    public static MatrixWeights<TProduct> From(
        MatrixWeights<TProduct> weights, TiledTile tile, ArrayView<Quad> weight, TiledParams p)
    {
        weights.source = weight.SubView(TiledTile.WeightStart(tile, OutputQuad, p) + Channel * MatrixStage.Runs + Run);
        return weights;
    }

    public static void Copy(MatrixWeights<TProduct> weights, int start, int stage)
    {
        ArrayView<Quad> source = weights.source.SubView(start);
        ArrayView<Quad> target = StageView.At(weights.target, stage);
        Hardware.CopyQuad(ref target[0], ref source[0]);
        Hardware.CopyQuad(ref target[MatrixStage.MatrixQuads], ref source[MatrixStage.Runs]);
        if (HasFourChannels)
        {
            Hardware.CopyQuad(ref target[2 * MatrixStage.MatrixQuads], ref source[2 * MatrixStage.Runs]);
            Hardware.CopyQuad(ref target[3 * MatrixStage.MatrixQuads], ref source[3 * MatrixStage.Runs]);
        }

        Hardware.CommitCopies();
    }
}
