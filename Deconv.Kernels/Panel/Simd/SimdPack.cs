using System.Numerics;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Simd;
using ILGPU.IR.Intrinsics;

namespace Deconv.Kernels.Panel.Simd;

/// <summary>
/// <see cref="IPanelMicroKernel.Pack"/> in vectors. Channels run slowest, so that all taps of a
/// cache line are taken while it is at hand.
/// </summary>
internal static unsafe class SimdPack<TFormat, TStorage, TSum, TSimd, TVector>
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
{
    [IntrinsicImplementation]
    public static void Run(in SimdMemory<TStorage, TSum> memory, in PackWork work)
    {
        if (work.Tile.Columns == 1)
        {
            PackColumn(in memory, in work);
            return;
        }

        if (!TFormat.IsPlain && work.Strides.Column == 1)
        {
            SimdWidenedPack<TFormat, TStorage, TSum, TSimd, TVector>.Run(in memory, in work);
            return;
        }

        for (PanelTile piece = work.Tile; piece.PieceLength > 0; piece.MoveToNextPiece())
        {
            TStorage* first = memory.Input + work.First
                + piece.Sample * work.Strides.Sample
                + piece.Row * work.Strides.Row
                + piece.Column * work.Strides.Column;

            // The first tap reads the furthest input, so where its vectors stay inside, all do. What they
            // overrun in the panel must be lanes of the pieces to come.
            int whole = SimdLanes<TSimd, TVector, TSum>.WidthOf(piece.PieceLength);
            TStorage* end = first + (work.Channels - 1) * work.Strides.Channel + whole;
            bool mayOverrun = (long)end <= memory.InputEnd && piece.Lane + whole <= work.Width;
            TSum* lanes = memory.Panel + piece.Lane;
            if (work.Strides.Column == 1)
                PackTogether((TSum*)first, lanes, piece.PieceLength, mayOverrun, in work);
            else
                PackApart(in memory, first, lanes, piece.PieceLength, in work);
        }
    }

    /// <summary>
    /// Pixels of one column, each in a row of its own: lanes run fastest, so that many reads that miss
    /// the caches are under way at once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void PackColumn(in SimdMemory<TStorage, TSum> memory, in PackWork work)
    {
        int count = work.Tile.Count;
        nint* offsets = stackalloc nint[count];
        for (PanelTile piece = work.Tile; piece.PieceLength > 0; piece.MoveToNextPiece())
            offsets[piece.Lane] = (nint)(piece.Sample * work.Strides.Sample + piece.Row * work.Strides.Row);

        TStorage* source = memory.Input + work.First;
        TSum* target = memory.Panel;
        int tapStride = work.Channels * work.Width;
        for (int channel = 0; channel < work.Channels; ++channel)
        {
            TSum* lanes = target;
            TStorage* line = source;
            for (int row = 0; row < work.RowTaps; ++row)
            {
                TStorage* tap = line;
                for (int column = 0; column < work.ColumnTaps; ++column)
                {
                    TStorage* elements = TFormat.IsPlain ? (TStorage*)lanes : (TStorage*)memory.Line;
                    for (int lane = 0; lane < count; ++lane)
                        elements[lane] = tap[offsets[lane]];
                    if (!TFormat.IsPlain)
                        TFormat.Widen(elements, lanes, count);
                    lanes += tapStride;
                    tap -= work.ColumnStep;
                }

                line -= work.RowStep;
            }

            source += work.Strides.Channel;
            target += work.Width;
        }
    }

    /// <summary>Pixels that are neighbours in memory, and numbers already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackTogether(TSum* source, TSum* target, int length, bool mayOverrun, in PackWork work)
    {
        int tapStride = work.Channels * work.Width;

        // Inputs of the next tile where the taps of several rows are read in between, else of the next channel:
        // the hardware does not see them coming.
        nint next = work.RowTaps > 1 ? work.Tile.Count : (nint)work.Strides.Channel;
        bool fetches = work.RowTaps > 1 || length >= TSimd.Count;
        for (int channel = 0; channel < work.Channels; ++channel)
        {
            TSum* lanes = target;
            TSum* line = source;
            if (fetches)
                CacheLines.Fetch(source + next, length);
            for (int row = 0; row < work.RowTaps; ++row)
            {
                TSum* tap = line;
                for (int column = 0; column < work.ColumnTaps; ++column)
                {
                    if (mayOverrun)
                        SimdLanes<TSimd, TVector, TSum>.CopyOver(tap, lanes, length);
                    else
                        SimdLanes<TSimd, TVector, TSum>.Copy(tap, lanes, length);
                    lanes += tapStride;
                    tap -= work.ColumnStep;
                }

                line -= work.RowStep;
            }

            source += work.Strides.Channel;
            target += work.Width;
        }
    }

    /// <summary>Pixels that are not neighbours in memory, such as those of channels last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackApart(
        in SimdMemory<TStorage, TSum> memory, TStorage* source, TSum* target, int length, in PackWork work)
    {
        bool isTogether = !TFormat.IsPlain && work.Strides.Channel == 1;
        int tapStride = work.Channels * work.Width;
        for (int i = 0; i < length; ++i)
        {
            TStorage* line = source + i * work.Strides.Column;
            TSum* lane = target + i;
            for (int row = 0; row < work.RowTaps; ++row)
            {
                TStorage* tap = line;
                for (int column = 0; column < work.ColumnTaps; ++column)
                {
                    if (isTogether)
                        SpreadChannels(in memory, tap, lane, in work);
                    else
                        CopyChannels(tap, lane, in work);
                    lane += tapStride;
                    tap -= work.ColumnStep;
                }

                line -= work.RowStep;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyChannels(TStorage* channels, TSum* lanes, in PackWork work)
    {
        for (int channel = 0; channel < work.Channels; ++channel)
        {
            *lanes = TFormat.Widen(*channels);
            channels += work.Strides.Channel;
            lanes += work.Width;
        }
    }

    /// <summary>Channels that are neighbours in memory, converted together, as many as the line holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SpreadChannels(
        in SimdMemory<TStorage, TSum> memory, TStorage* channels, TSum* lanes, in PackWork work)
    {
        for (int first = 0; first < work.Channels; first += memory.LineLength)
        {
            int count = Math.Min(memory.LineLength, work.Channels - first);
            TFormat.Widen(channels + first, memory.Line, count);
            for (int i = 0; i < count; ++i)
            {
                *lanes = memory.Line[i];
                lanes += work.Width;
            }
        }
    }
}
