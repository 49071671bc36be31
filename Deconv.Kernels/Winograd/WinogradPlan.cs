using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Simd;
using ILGPU;

namespace Deconv.Kernels.Winograd;

/// <summary>Blocks, positions and tiles of a problem, and how they are shared out to tasks.</summary>
internal sealed class WinogradPlan
{
    /// <summary>Room between the positions of a panel, so that they do not all fall into the same sets of a cache.</summary>
    public const int PositionGap = 16;

    /// <summary>Enough for work items to end at about the same time.</summary>
    private const int TasksPerItem = 16;

    /// <summary>Tasks that share a panel make it each, so panels are shared only where there are few.</summary>
    private const int TasksPerBlockPart = 2;

    /// <summary>The most vectors of floats in a tile; tiles of doubles have as many lanes.</summary>
    private const int MaxVectorsOfTile = 3;

    /// <summary>More bytes of inputs and outputs than caches keep from call to call.</summary>
    private const double LongTensors = 5 << 20;

    /// <summary>The share of the tensors that scratch may take where narrower tiles can avoid it.</summary>
    private const double MaxScratchShare = 0.1;

    private readonly KernelProblem problem;
    private readonly WinogradKernels kernels;

    public WinogradPlan(KernelProblem problem, WinogradKernels kernels, int items)
    {
        this.problem = problem;
        this.kernels = kernels;
        int lanesOfVector = kernels.VectorWidth;
        Rows = new(problem.Height);
        Columns = new(problem.Width);
        (ColumnPhases, Positions) = PlaceColumns();
        Weights = new(problem.Weight);
        int vectors = MaxVectorsOfTile * kernels.NumberSize / sizeof(float);
        while (vectors > 1 && ScratchOf(vectors * lanesOfVector).Length * kernels.NumberSize * items > MaxScratchShare * TensorBytes)
            --vectors;
        TileWidth = vectors * lanesOfVector;
        Scratch = ScratchOf(TileWidth);
        Tiles = checked((int)IntrinsicMath.DivRoundUp((long)problem.Batch * Rows.Blocks * Columns.Blocks, TileWidth));
        int panels = checked(Tiles * Rows.Phases.Length);
        int parts = IntrinsicMath.DivRoundUp(items * TasksPerItem, problem.Groups);
        PanelParts = Parts.EvenCount(panels, parts);
        int blockParts = parts / TasksPerBlockPart / PanelParts;

        // Few and long tasks, as many for each item.
        BlockParts = Math.Clamp(IntrinsicMath.DivRoundUp(blockParts, items) * items, 1, Weights.ChannelBlocks);
        TaskCount = checked(problem.Groups * PanelParts * BlockParts);
    }

    public WinogradAxis Rows { get; }

    public WinogradAxis Columns { get; }

    public WinogradWeights Weights { get; }

    /// <summary>The phases of the columns, with the positions that each multiplies.</summary>
    public ImmutableArray<WinogradPhase> ColumnPhases { get; }

    /// <summary>The column positions of all phases; neighbours share some.</summary>
    public ImmutableArray<WinogradPosition> Positions { get; }

    public int FirstPatchColumn { get; private set; }

    public int PatchColumns { get; private set; }

    public int Tiles { get; }

    public int TileWidth { get; }

    public int PanelParts { get; }

    public int BlockParts { get; }

    public int TaskCount { get; }

    public WinogradScratch Scratch { get; }

    /// <summary>Whether inputs and outputs have to be asked for ahead.</summary>
    public bool FetchesAhead => TensorBytes - kernels.ElementSize * (double)Weights.GivenLength > LongTensors;

    private double TensorBytes => kernels.ElementSize
        * ((double)problem.Batch * problem.InputStrides.Outermost + Weights.GivenLength + problem.OutputCount);

    private (ImmutableArray<WinogradPhase> Phases, ImmutableArray<WinogradPosition> Positions) PlaceColumns()
    {
        WinogradPhase[] phases = [.. Columns.Phases];
        (int first, int end) = (int.MaxValue, int.MinValue);
        foreach (WinogradPhase phase in phases)
        {
            if (phase.Taps > 0)
                (first, end) = (Math.Min(first, phase.FirstInput), Math.Max(end, phase.FirstInput + phase.Positions));
        }

        if (end < first)
            return ([.. phases], []);
        (FirstPatchColumn, PatchColumns) = (first, end - first);
        var positions = new List<WinogradPosition>();
        foreach (ref WinogradPhase phase in phases.AsSpan())
        {
            ImmutableArray<WinogradPosition> needed = PositionsOf(phase);
            for (int i = 0; i < needed.Length; ++i)
            {
                int index = positions.IndexOf(needed[i]);
                if (index < 0)
                {
                    index = positions.Count;
                    positions.Add(needed[i]);
                }

                SetIndex(ref phase, i, index);
            }
        }

        return ([.. phases], [.. positions]);
    }

    private static unsafe void SetIndex(ref WinogradPhase phase, int i, int index) => phase.Indices[i] = index;

    /// <summary>What a phase multiplies: the rows of the transforms that <see cref="WinogradFilter{TSum, TSimd, TVector}"/> describes.</summary>
    private ImmutableArray<WinogradPosition> PositionsOf(WinogradPhase phase)
    {
        int first = phase.FirstInput - FirstPatchColumn;
        return phase.Positions switch
        {
            4 => [new(first, first + 2, -1), new(first + 1, first + 2, 1), new(first + 2, first + 1, -1), new(first + 1, first + 3, -1)],
            3 => [new(first, first + 1, -1), new(first + 1, first + 1, 0), new(first + 1, first + 2, -1)],
            2 => [new(first, first, 0), new(first + 1, first + 1, 0)],
            1 => [new(first, first, 0)],
            _ => [],
        };
    }

    private WinogradScratch ScratchOf(int width)
    {
        // What vectors may write past the last lane or element.
        const int Overrun = 64;
        int columnsOfBlock = Columns.Phases.Length * Columns.BlockLength;
        int lineLength = Columns.BlockLength * width + PatchColumns + Overrun;
        var scratch = new WinogradScratch { PatchLength = (long)Rows.MaxPositions * PatchColumns * WinogradPatch.StrideOf(width) };
        long panelStride = (long)problem.Weight.GroupInputChannels * width + PositionGap;
        scratch.PanelEnd = Rows.MaxPositions * Positions.Length * panelStride;
        long products = (long)Rows.MaxPositions * Columns.MaxPositions * RowBlock.Rows * width;
        long copies = (long)Rows.MaxPositions * PatchColumns * width * Unsafe.SizeOf<WinogradCopy>() / kernels.NumberSize;
        scratch.ProductsEnd = scratch.PanelEnd + Math.Max(products, copies);
        scratch.SumsEnd = scratch.ProductsEnd + ((long)RowBlock.Rows * Rows.BlockLength * columnsOfBlock + 1) * width;
        scratch.PatchesEnd = scratch.SumsEnd + 2 * scratch.PatchLength;
        long lines = Math.Max((long)columnsOfBlock * width + Overrun, (long)Rows.MaxPositions * lineLength);

        // A patch of elements that are not numbers yet.
        long elements = kernels.ElementSize == kernels.NumberSize ? 0 : scratch.PatchLength;
        scratch.LineEnd = scratch.PatchesEnd + Math.Max(lines, elements);
        scratch.Length = scratch.LineEnd + CacheLines.SpareNumbers;
        return scratch;
    }
}
