using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Deconv.Kernels.Simd;
using ILGPU.IR.Intrinsics;

namespace Deconv.Kernels.Panel.Simd;

/// <summary>
/// <see cref="IPanelMicroKernel{TSelf}.Pack"/> in vectors. Channels run slowest, so that all taps of a
/// cache line are taken while it is at hand.
/// </summary>
internal static unsafe class SimdPack<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    [IntrinsicImplementation]
    public static void Run(SimdMemory memory, PackWork work)
    {
        if (work.Tile.Columns == 1)
        {
            PackColumn(memory, work);
            return;
        }

        for (PanelTile piece = work.Tile; piece.PieceLength > 0; piece = piece.NextPiece())
        {
            float* first = memory.Input + work.First
                + piece.Sample * work.Strides.Sample
                + piece.Row * work.Strides.Row
                + piece.Column * work.Strides.Column;

            // The first tap reads the furthest input, so where its vectors stay inside, all do. What they
            // overrun in the panel must be lanes of the pieces to come.
            int whole = SimdLanes<TSimd, TVector>.WidthOf(piece.PieceLength);
            float* end = first + (work.Channels - 1) * work.Strides.Channel + whole;
            bool mayOverrun = (long)end <= memory.InputEnd && piece.Lane + whole <= work.Width;
            float* lanes = memory.Panel + piece.Lane;
            if (work.Strides.Column == 1)
                PackTogether(first, lanes, piece.PieceLength, mayOverrun, work);
            else
                PackApart(first, lanes, piece.PieceLength, work);
        }
    }

    /// <summary>
    /// Pixels of one column, each in a row of its own: lanes run fastest, so that many reads that miss
    /// the caches are under way at once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackColumn(SimdMemory memory, PackWork work)
    {
        int count = work.Tile.Count;
        nint* offsets = stackalloc nint[count];
        for (PanelTile piece = work.Tile; piece.PieceLength > 0; piece = piece.NextPiece())
            offsets[piece.Lane] = (nint)(piece.Sample * work.Strides.Sample + piece.Row * work.Strides.Row);

        float* source = memory.Input + work.First;
        float* target = memory.Panel;
        int tapStride = work.Channels * work.Width;
        for (int channel = 0; channel < work.Channels; ++channel)
        {
            float* lanes = target;
            float* line = source;
            for (int row = 0; row < work.RowTaps; ++row)
            {
                float* tap = line;
                for (int column = 0; column < work.ColumnTaps; ++column)
                {
                    for (int lane = 0; lane < count; ++lane)
                        lanes[lane] = tap[offsets[lane]];
                    lanes += tapStride;
                    tap -= work.ColumnStep;
                }

                line -= work.RowStep;
            }

            source += work.Strides.Channel;
            target += work.Width;
        }
    }

    /// <summary>Pixels that are neighbours in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackTogether(float* source, float* target, int length, bool mayOverrun, PackWork work)
    {
        int tapStride = work.Channels * work.Width;
        for (int channel = 0; channel < work.Channels; ++channel)
        {
            float* lanes = target;
            float* line = source;
            if (work.RowTaps > 1)
                FetchNext(source + work.Tile.Count, length);
            for (int row = 0; row < work.RowTaps; ++row)
            {
                float* tap = line;
                for (int column = 0; column < work.ColumnTaps; ++column)
                {
                    if (mayOverrun)
                        SimdLanes<TSimd, TVector>.CopyOver(tap, lanes, length);
                    else
                        SimdLanes<TSimd, TVector>.Copy(tap, lanes, length);
                    lanes += tapStride;
                    tap -= work.ColumnStep;
                }

                line -= work.RowStep;
            }

            source += work.Strides.Channel;
            target += work.Width;
        }
    }

    /// <summary>
    /// Asks for the inputs of the next tile, which the hardware does not see coming where the taps of
    /// several rows are read in between.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchNext(float* inputs, int length)
    {
        if (!Sse.IsSupported)
            return;
        for (int i = 0; i < length; i += SimdMemory.CacheLine / sizeof(float))
            Sse.Prefetch1(inputs + i);
    }

    /// <summary>Pixels that are not neighbours in memory, such as those of channels last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackApart(float* source, float* target, int length, PackWork work)
    {
        int tapStride = work.Channels * work.Width;
        for (int i = 0; i < length; ++i)
        {
            float* line = source + i * work.Strides.Column;
            float* lane = target + i;
            for (int row = 0; row < work.RowTaps; ++row)
            {
                float* tap = line;
                for (int column = 0; column < work.ColumnTaps; ++column)
                {
                    float* channels = tap;
                    float* lanes = lane;
                    for (int channel = 0; channel < work.Channels; ++channel)
                    {
                        *lanes = *channels;
                        channels += work.Strides.Channel;
                        lanes += work.Width;
                    }

                    lane += tapStride;
                    tap -= work.ColumnStep;
                }

                line -= work.RowStep;
            }
        }
    }
}
