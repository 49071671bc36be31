using System.Numerics;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Simd;
using ILGPU.IR.Intrinsics;

namespace Deconv.Kernels.Panel.Simd;

/// <summary><see cref="IPanelMicroKernel.Store"/> in vectors.</summary>
internal static unsafe class SimdStore<TFormat, TStorage, TSum, TSimd, TVector>
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
{
    /// <summary>Pieces with fewer outputs are written one by one.</summary>
    private const int MinDenseLength = 4;

    /// <summary>Bytes of a piece from which on it is written past the caches: most of its lines are whole.</summary>
    private const int MinStreamBytes = 512;

    /// <summary>A piece of a tile, and where its first pixel's outputs are.</summary>
    private readonly record struct Piece(int Lane, int Length, nint Offset);

    /// <summary>A pixel's outputs of a channel block.</summary>
    [InlineArray(RowBlock.Rows)]
    private struct Block
    {
        private TStorage element;
    }

    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void Run(in SimdMemory<TStorage, TSum> memory, in StoreWork work)
    {
        Span<Piece> pieces = stackalloc Piece[work.Tile.Count];
        int count = 0;
        for (PanelTile piece = work.Tile; piece.PieceLength > 0; piece.MoveToNextPiece())
            pieces[count++] = new(piece.Lane, piece.PieceLength, (nint)work.OffsetOf(piece));
        pieces = pieces[..count];
        if (work.Strides.Channel == 1)
        {
            StoreChannels(in memory, pieces, in work);
            return;
        }

        bool isDense = IsDense(in work);
        Span<nint> rows = stackalloc nint[work.ColumnPhases];

        // From the sums of one channel to those of the next.
        Span<nint> steps = stackalloc nint[work.ColumnPhases];
        for (int i = 0; i < rows.Length; ++i)
        {
            PanelPhase phase = memory.Phases[work.FirstColumnPhase + i];
            int place = isDense && !TFormat.IsPlain
                ? SimdRounding<TFormat, TStorage, TSum, TSimd, TVector>.PlaceOf(i, rows.Length, work.Width)
                : i;
            rows[place] = (nint)work.SumsOf(phase, 0);
            steps[place] = (nint)work.SumsOf(phase, 1) - rows[place];
        }

        for (int channel = 0; channel < work.Channels; ++channel)
        {
            TSum bias = BiasOf(in memory, channel, in work);
            TStorage* target = memory.Output + work.First + channel * work.Strides.Channel;
            if (isDense && !TFormat.IsPlain)
                StoreRounded(in memory, pieces, rows, bias, target, in work);
            else if (isDense)
                StoreDense(in memory, pieces, rows, bias, target, in work);
            else
                StoreApart(in memory, pieces, rows, bias, target, in work);
            for (int i = 0; i < rows.Length; ++i)
                rows[i] += steps[i];
        }
    }

    /// <summary>Whether the outputs of neighbouring pixels lie side by side, all phases taken together.</summary>
    private static bool IsDense(in StoreWork work) =>
        work.ColumnPhases == work.ColumnStride
        && work.Strides.Column == 1
        && work.Tile.Columns * work.ColumnStride >= MinDenseLength;

    /// <summary>Whether outputs are written past the caches, where a line that is written as a whole is not read before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsStreamed(in SimdMemory<TStorage, TSum> memory, in StoreWork work) =>
        TFormat.IsPlain
        && !memory.IsOutputCached
        && (long)Math.Min(work.Tile.Columns, work.Width) * work.ColumnStride * sizeof(TStorage) >= MinStreamBytes;

    /// <summary>Done early, since a store that misses the caches waits for its line.</summary>
    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fetch(in SimdMemory<TStorage, TSum> memory, in StoreWork work)
    {
        if (!IsDense(in work) || IsStreamed(in memory, in work))
            return;
        TStorage* first = memory.Output + work.First + memory.Phases[work.FirstColumnPhase].FirstOutput;
        for (PanelTile piece = work.Tile; piece.PieceLength > 0; piece.MoveToNextPiece())
        {
            TStorage* line = first + work.OffsetOf(piece);
            int length = piece.PieceLength * work.ColumnStride;
            for (int channel = 0; channel < work.Channels; ++channel)
            {
                CacheLines.Fetch(line, length);
                line += work.Strides.Channel;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSum BiasOf(in SimdMemory<TStorage, TSum> memory, int channel, in StoreWork work) =>
        work.ChannelsPerBias != 0
            ? TFormat.Widen(memory.Bias[(work.FirstChannel + channel) / work.ChannelsPerBias])
            : default;

    /// <summary>Channels that are neighbours in memory, pixel by pixel: a line of all pixels' channels comes first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void StoreChannels(in SimdMemory<TStorage, TSum> memory, ReadOnlySpan<Piece> pieces, in StoreWork work)
    {
        // As long as a vector or a block, whichever is longer.
        TSum* bias = stackalloc TSum[Math.Max(TSimd.Count, RowBlock.Rows)];
        for (int i = 0; i < Math.Max(TSimd.Count, RowBlock.Rows); ++i)
            bias[i] = BiasOf(in memory, Math.Min(i % RowBlock.Rows, work.Channels - 1), in work);
        Span<nint> rows = stackalloc nint[RowBlock.Rows];
        int length = work.Width * RowBlock.Rows;
        TStorage* line = TFormat.IsPlain ? (TStorage*)memory.Line : (TStorage*)(memory.Line + length);
        var step = (nint)(work.ColumnStride * work.Strides.Column);
        for (int i = 0; i < work.ColumnPhases; ++i)
        {
            PanelPhase phase = memory.Phases[work.FirstColumnPhase + i];
            for (int channel = 0; channel < rows.Length; ++channel)
                rows[channel] = (nint)work.SumsOf(phase, Math.Min(channel, work.Channels - 1));
            SimdInterleave<TSimd, TVector, TSum>.Run(memory.Sums, rows, default, memory.Line, work.Width);
            if (work.ChannelsPerBias != 0)
                AddBias(memory.Line, length, bias);
            if (!TFormat.IsPlain)
                TFormat.Round(memory.Line, line, length);
            TStorage* column = memory.Output + work.First + phase.FirstOutput * work.Strides.Column;
            foreach (Piece piece in pieces)
                CopyChannels(line + piece.Lane * RowBlock.Rows, column + piece.Offset, piece.Length, step, work.Channels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddBias(TSum* line, int length, TSum* bias)
    {
        for (int i = 0; i < length; i += TSimd.Count)
            TSimd.Store(TSimd.Add(TSimd.Load(line + i), TSimd.Load(bias + i % RowBlock.Rows)), line + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyChannels(TStorage* line, TStorage* target, int pixels, nint step, int channels)
    {
        for (int pixel = 0; pixel < pixels; ++pixel)
        {
            if (channels == RowBlock.Rows)
            {
                *(Block*)target = *(Block*)line;
            }
            else
            {
                for (int channel = 0; channel < channels; ++channel)
                    target[channel] = line[channel];
            }

            line += RowBlock.Rows;
            target += step;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreDense(
        in SimdMemory<TStorage, TSum> memory, ReadOnlySpan<Piece> pieces, ReadOnlySpan<nint> rows, TSum bias, TStorage* target, in StoreWork work)
    {
        target += memory.Phases[work.FirstColumnPhase].FirstOutput;

        // A tile that fills its lanes from one row is written in place.
        bool isStreamed = IsStreamed(in memory, in work);
        bool isWhole = !isStreamed && pieces[0].Length == work.Width;
        TSum* line = isWhole ? (TSum*)(target + pieces[0].Offset) : memory.Line;
        SimdInterleave<TSimd, TVector, TSum>.Run(memory.Sums, rows, bias, line, work.Width);
        if (isWhole)
            return;
        foreach (Piece piece in pieces)
        {
            TSum* source = line + piece.Lane * rows.Length;
            int length = piece.Length * rows.Length;
            if (isStreamed)
                SimdLanes<TSimd, TVector, TSum>.CopyPastCaches(source, (TSum*)(target + piece.Offset), length);
            else
                SimdLanes<TSimd, TVector, TSum>.Copy(source, (TSum*)(target + piece.Offset), length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreRounded(
        in SimdMemory<TStorage, TSum> memory, ReadOnlySpan<Piece> pieces, ReadOnlySpan<nint> rows, TSum bias, TStorage* target, in StoreWork work)
    {
        target += memory.Phases[work.FirstColumnPhase].FirstOutput;
        var rounding = SimdRounding<TFormat, TStorage, TSum, TSimd, TVector>.Of(
            memory.Sums, rows, bias, memory.Line, work.Width);
        foreach (Piece piece in pieces)
            rounding.Round(piece.Lane, target + piece.Offset, piece.Length * rows.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreApart(
        in SimdMemory<TStorage, TSum> memory, ReadOnlySpan<Piece> pieces, ReadOnlySpan<nint> rows, TSum bias, TStorage* target, in StoreWork work)
    {
        nint step = (nint)(work.ColumnStride * work.Strides.Column);
        TStorage* line = TFormat.IsPlain ? (TStorage*)memory.Line : (TStorage*)(memory.Line + work.Width);
        for (int i = 0; i < rows.Length; ++i)
        {
            SimdInterleave<TSimd, TVector, TSum>.Run(memory.Sums, rows.Slice(i, 1), bias, memory.Line, work.Width);
            if (!TFormat.IsPlain)
                TFormat.Round(memory.Line, line, work.Width);
            TStorage* column = target + memory.Phases[work.FirstColumnPhase + i].FirstOutput * work.Strides.Column;
            if (work.Tile.Columns == 1)
            {
                for (int lane = 0; lane < pieces.Length; ++lane)
                    column[pieces[lane].Offset] = line[lane];
            }
            else
            {
                foreach (Piece piece in pieces)
                    Scatter(line + piece.Lane, column + piece.Offset, piece.Length, step);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter(TStorage* line, TStorage* target, int count, nint step)
    {
        for (int i = 0; i < count; ++i)
            target[i * step] = line[i];
    }
}
