using System.Collections.Immutable;
using Deconv.Kernels.Launch;
using Deconv.Planning;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Runtime;

/// <summary>
/// A plan with all that its launches need and share: the compiled kernels, their tables on the
/// device, and the stream's memory.
/// </summary>
internal sealed class LoadedPlan : IDisposable
{
    private readonly LoadedVariant kernels;
    private readonly StreamMemory memory;

    /// <summary>The launch's table, then its counter.</summary>
    private readonly MemoryBuffer1D<int, Stride1D.Dense> table;

    private readonly MemoryBuffer1D<int, Stride1D.Dense>? packingTable;

    /// <summary>Where the counter will be when all that is enqueued has run; it wraps.</summary>
    private int count;

    public LoadedPlan(StreamMemory memory, ConvTransposePlan plan, LoadedVariant kernels)
    {
        Plan = plan;
        this.kernels = kernels;
        this.memory = memory;
        table = Load(plan.Launch.Table.Values.Add(0));
        if (plan.Packing is WeightPacking packing)
            packingTable = Load(packing.Launch.Table.Values);
    }

    public ConvTransposePlan Plan { get; }

    /// <summary>Launches the kernel on operands of the plan's sizes, after all work enqueued before.</summary>
    /// <param name="operands">The weight in the users' order.</param>
    /// <param name="kept">Where packed weights are kept; null to pack for this launch only.</param>
    public void Enqueue(in KernelOperands operands, PackedWeights? kept)
    {
        KernelOperands packed = operands;
        if (Plan.Packing is WeightPacking packing)
            packed = operands with { Weight = PackedOf(packing, operands.Weight, kept) };
        var launchMemory = new LaunchMemory
        {
            Table = table.View,
            Scratch = memory.Scratch.Get(Plan.Launch.ScratchBytes),
            Counter = table.View.SubView(table.Length - 1, 1),
            FirstCount = count,
        };
        kernels.Convolve(memory.Stream, Plan.Launch, launchMemory, packed);
        count = unchecked(count + Plan.Launch.Counts);
    }

    /// <summary>Launches the packing of a weight; the plan's variant is one that packs.</summary>
    /// <param name="weight">The weight in the users' order.</param>
    /// <param name="packed">As many bytes as the packing says.</param>
    public void Pack(ArrayView<byte> weight, ArrayView<byte> packed)
    {
        var launchMemory = new LaunchMemory { Table = packingTable!.View, Scratch = default };
        var operands = new KernelOperands { Input = weight, Weight = weight, Bias = weight, Output = packed };
        kernels.Pack!(memory.Stream, Plan.Packing!.Launch, launchMemory, operands);
    }

    public void Dispose()
    {
        table.Dispose();
        packingTable?.Dispose();
    }

    private ArrayView<byte> PackedOf(WeightPacking packing, ArrayView<byte> weight, PackedWeights? kept)
    {
        if (kept is null)
        {
            ArrayView<byte> passing = memory.PackedWeight.Get(packing.ByteLength);
            Pack(weight, passing);
            return passing;
        }

        if (kept.TryGet(Plan.Variant, packing.Weight, out ArrayView<byte> packed))
            return packed;
        MemoryBuffer1D<byte, Stride1D.Dense> buffer =
            memory.Stream.Accelerator.Allocate1D<byte>(packing.ByteLength);
        try
        {
            Pack(weight, buffer.View);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }

        kept.Add(Plan.Variant, packing.Weight, buffer);
        return buffer.View;
    }

    private MemoryBuffer1D<int, Stride1D.Dense> Load(ImmutableArray<int> values)
    {
        MemoryBuffer1D<int, Stride1D.Dense> buffer = memory.Stream.Accelerator.Allocate1D<int>(values.Length);
        HostCopy.ToDevice(memory.Stream, values.AsSpan(), buffer.View);
        return buffer;
    }
}
