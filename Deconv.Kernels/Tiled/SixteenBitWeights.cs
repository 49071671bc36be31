using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>A work item's share of a slice's weights: one run of each of four output channels.</summary>
internal struct SixteenBitWeights
{
    private ArrayView<Quad> source;
    private ArrayView<Quad> target;

    private static int OutputQuad => Group.IdxX / SixteenBitStage.Runs;

    private static int Run => Group.IdxX % SixteenBitStage.Runs;

    public static SixteenBitWeights To(ArrayView<Quad> stage)
    {
        int row = SixteenBitStage.RowOfQuad(OutputQuad);
        SixteenBitWeights weights = default;
        weights.target = stage.SubView(row * SixteenBitStage.Runs + SixteenBitStage.Place(row, Run));
        return weights;
    }

    public static SixteenBitWeights From(
        SixteenBitWeights weights, TiledTile tile, ArrayView<Quad> weight, TiledParams p)
    {
        weights.source = weight.SubView(TiledTile.WeightStart(tile, OutputQuad, p) + Run);
        return weights;
    }

    public static void Copy(SixteenBitWeights weights, int start, int stage)
    {
        ArrayView<Quad> source = weights.source.SubView(start);
        ArrayView<Quad> target = StageView.At(weights.target, stage);
        Hardware.CopyQuad(ref target[0], ref source[0]);
        Hardware.CopyQuad(ref target[SixteenBitStage.MatrixQuads], ref source[SixteenBitStage.Runs]);
        Hardware.CopyQuad(ref target[2 * SixteenBitStage.MatrixQuads], ref source[2 * SixteenBitStage.Runs]);
        Hardware.CopyQuad(ref target[3 * SixteenBitStage.MatrixQuads], ref source[3 * SixteenBitStage.Runs]);
        Hardware.CommitCopies();
    }
}
