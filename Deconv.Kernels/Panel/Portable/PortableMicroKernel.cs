using System.Collections.Immutable;
using System.Numerics;
using Deconv.Kernels.Formats;

namespace Deconv.Kernels.Panel.Portable;

/// <summary>
/// The micro-kernel that every device understands: scalar code, in which compilers for CPU cores
/// find the vectors.
/// </summary>
internal struct PortableMicroKernel<TFormat, TProduct, TStorage, TSum>
    : IPanelMicroKernel<PortableMicroKernel<TFormat, TProduct, TStorage, TSum>, TStorage, TSum>
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TProduct : struct, IProduct<TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
{
    private PanelViews<TStorage, TSum> views;
    private long panel;
    private long sums;

    public readonly ImmutableArray<Type> Parts => [];

    public readonly int BlockWidth => Lanes.Count;

    public readonly int WidthOf(int pixels) => (pixels + Lanes.Count - 1) / Lanes.Count * Lanes.Count;

    public readonly PortableMicroKernel<TFormat, TProduct, TStorage, TSum> Bind(PanelViews<TStorage, TSum> views, PanelScratch scratch, int item)
    {
        long panel = item * scratch.Length;
        long sums = panel + scratch.PanelLength;
        for (int lane = 0; lane < scratch.Width; ++lane)
            views.Scratch[sums + scratch.ZeroSums + lane] = default;
        return new() { views = views, panel = panel, sums = sums };
    }

    public readonly PanelRegion RegionAt(int index) => views.Regions[index];

    public readonly PanelPhase PhaseAt(int index) => views.Phases[index];

    public readonly PanelClass ClassAt(int index) => views.Classes[index];

    public readonly int WeightOffsetAt(int index) => views.WeightOffsets[index];

    public readonly void Pack(in PackWork work)
    {
        if (work.SharedRow > 0)
            PackShared(in work);
        else
            PackTaps(in work);
    }

    /// <summary>The inputs of a tile in one row, once for all taps of a row.</summary>
    private readonly void PackShared(in PackWork work)
    {
        int length = work.SharedBefore + work.Tile.Count;
        long source = work.FirstShared;
        long target = panel;
        for (int row = 0; row < work.RowTaps; ++row)
        {
            CopyRow(source, target, length, 1);
            source -= work.RowStep;
            target += work.SharedRow;
        }
    }

    private readonly void PackTaps(in PackWork work)
    {
        for (PanelTile piece = work.Tile; piece.PieceLength > 0; piece.MoveToNextPiece())
        {
            long first = work.First + piece.Sample * work.Strides.Sample
                + piece.Row * work.Strides.Row + piece.Column * work.Strides.Column;
            long target = panel + piece.Lane;
            for (int row = 0; row < work.RowTaps; ++row)
            {
                for (int column = 0; column < work.ColumnTaps; ++column)
                {
                    long source = first - row * work.RowStep - column * work.ColumnStep;
                    for (int channel = 0; channel < work.Channels; ++channel)
                    {
                        CopyRow(source, target, piece.PieceLength, work.Strides.Column);
                        source += work.Strides.Channel;
                        target += work.Width;
                    }
                }
            }
        }
    }

    private readonly void CopyRow(long source, long target, int length, long stride)
    {
        int i = 0;
        if (stride == 1)
        {
            for (; i + Lanes.Count <= length; i += Lanes.Count)
                Lanes<TSum>.Widen<TFormat, TStorage>(views.Input, source + i).Store(views.Scratch, target + i);
        }

        for (; i < length; ++i)
            views.Scratch[target + i] = TFormat.Widen(views.Input[source + i * stride]);
    }

    public readonly void Multiply(in MultiplyWork work) =>
        Multiply<OneRow<TSum>, Pair<OneRow<TSum>, OneRow<TSum>, TSum>>(in work);

    /// <remarks>Left to the hardware.</remarks>
    public readonly void Fetch(in StoreWork work)
    {
    }

    public readonly void Store(in StoreWork work)
    {
        for (int channel = 0; channel < work.Channels; ++channel)
        {
            TSum added = default;
            if (work.ChannelsPerBias != 0)
                added = TFormat.Widen(views.Bias[(work.FirstChannel + channel) / work.ChannelsPerBias]);
            long first = work.First + channel * work.Strides.Channel;
            for (PanelTile piece = work.Tile; piece.PieceLength > 0; piece.MoveToNextPiece())
            {
                long pixels = first + work.OffsetOf(piece);
                for (int i = 0; i < work.ColumnPhases; ++i)
                {
                    PanelPhase phase = views.Phases[work.FirstColumnPhase + i];
                    long source = sums + work.SumsOf(phase, channel) + piece.Lane;
                    long target = pixels + phase.FirstOutput * work.Strides.Column;
                    for (int lane = 0; lane < piece.PieceLength; ++lane)
                    {
                        views.Output[target] = TFormat.Round(views.Scratch[source + lane] + added);
                        target += work.ColumnStride * work.Strides.Column;
                    }
                }
            }
        }
    }

    private readonly void Multiply<TOne, TTwo>(in MultiplyWork work)
        where TOne : struct, ILaneRows<TOne, TSum>
        where TTwo : struct, ILaneRows<TTwo, TSum> =>
        Multiply<TOne, TTwo, Pair<TTwo, TTwo, TSum>>(in work);

    private readonly void Multiply<TOne, TTwo, TFour>(in MultiplyWork work)
        where TOne : struct, ILaneRows<TOne, TSum>
        where TTwo : struct, ILaneRows<TTwo, TSum>
        where TFour : struct, ILaneRows<TFour, TSum>
    {
        long weights = work.First;
        long target = sums + (long)work.FirstSum * work.Width;
        for (int rows = work.Rows; rows > 0; rows -= PanelKernel.Rows)
        {
            if (rows > 6)
                Multiply<Pair<TFour, TFour, TSum>>(weights, target, in work);
            else if (rows > 4)
                Multiply<Pair<TFour, TTwo, TSum>>(weights, target, in work);
            else if (rows > 3)
                Multiply<TFour>(weights, target, in work);
            else if (rows > 2)
                Multiply<Pair<TTwo, TOne, TSum>>(weights, target, in work);
            else
                Multiply<TTwo>(weights, target, in work);

            weights += work.WeightBlockStride;
            target += PanelKernel.Rows * work.Width;
        }
    }

    /// <remarks>
    /// The loop over lanes is here, so that each shape of tile ends on its own: where they met at their stores,
    /// compilers would share these, all but one, and no longer find whole vectors in them.
    /// </remarks>
    private readonly void Multiply<TRows>(long weights, long target, in MultiplyWork work)
        where TRows : struct, ILaneRows<TRows, TSum>
    {
        for (int lane = 0; lane < work.Width; lane += Lanes.Count)
            Multiply<TRows>(weights, lane, target, in work);
    }

    private readonly void Multiply<TRows>(long weights, int lane, long target, in MultiplyWork work)
        where TRows : struct, ILaneRows<TRows, TSum>
    {
        TRows rows = default;
        long lanes = panel + work.FirstPanel + lane;
        for (int run = 0; run < work.Runs; ++run)
        {
            for (int k = 0; k < work.RunLength; ++k)
            {
                rows = rows.MultiplyAdd<TProduct>(
                    views.Weights,
                    weights + (long)k * PanelKernel.Rows,
                    Lanes<TSum>.Load(views.Scratch, lanes + (long)k * work.PanelStep));
            }

            weights += work.WeightRunStride;
            lanes += work.PanelRunStride;
        }

        rows.Store(views.Scratch, target + lane, work.Width);
    }
}
