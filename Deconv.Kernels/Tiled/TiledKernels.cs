using System.Collections.Immutable;
using Deconv.Kernels.Intrinsics;
using Deconv.Kernels.Launch;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Deconv.Kernels.Tiled;

/// <summary>The kernels of a <see cref="TiledVariant{TElement, TOutput}"/>: their names, and what launches them.</summary>
internal sealed class TiledKernels<TElement, TOutput>(TiledOptions options, TiledCode<TElement, TOutput> code)
    where TElement : unmanaged
    where TOutput : unmanaged
{
    private delegate void PackEntry(
        ArrayView<TElement> weight, ArrayView<int> sources, ArrayView<TElement> packed, TiledPackParams p);

    private delegate void ConvolutionLauncher(
        AcceleratorStream stream,
        KernelConfig config,
        ArrayView<TElement> input,
        ArrayView<Quad> weight,
        ArrayView<TOutput> bias,
        ArrayView<TiledTask> tasks,
        ArrayView<TOutput> output,
        TiledParams p);

    private delegate void PackLauncher(
        AcceleratorStream stream,
        KernelConfig config,
        ArrayView<TElement> weight,
        ArrayView<int> sources,
        ArrayView<TElement> packed,
        TiledPackParams p);

    private delegate void SumLauncher(
        AcceleratorStream stream,
        KernelConfig config,
        ArrayView<float> parts,
        ArrayView<TElement> bias,
        ArrayView<TElement> output,
        SplitSumParams p);

    public ImmutableArray<KernelEntry> EntryPoints =>
    [
        Convolution,
        .. code.RunForRuns is null ? ImmutableArray<KernelEntry>.Empty : [ConvolutionForRuns],
        Packing,
        .. code.Sum is null ? ImmutableArray<KernelEntry>.Empty : [Summation],
    ];

    private KernelEntry Convolution => EntryOf(options.Name, code.Run);

    private KernelEntry ConvolutionForRuns => EntryOf($"{options.Name}.runs", code.RunForRuns!);

    private KernelEntry Packing => new($"{options.Name}.pack", new PackEntry(TiledPackKernel.Run).Method);

    private KernelEntry Summation => new($"{options.Name}.sum", code.Sum!.Method);

    /// <remarks>The kernel for aligned runs is compiled when a call first has them.</remarks>
    public LoadedVariant Load(Accelerator accelerator)
    {
        var convolve = KernelLoader.Load<ConvolutionLauncher>(accelerator, Convolution);
        ConvolutionLauncher? convolveRuns = null;
        var pack = KernelLoader.Load<PackLauncher>(accelerator, Packing);
        SumLauncher? sum = code.Sum is null ? null : KernelLoader.Load<SumLauncher>(accelerator, Summation);
        return new(
            (stream, launch, memory, operands) =>
            {
                var tiled = (TiledLaunch)launch;
                bool hasRuns = code.RunForRuns is not null && tiled.HasRuns && IsAligned(operands.Input);
                ConvolutionLauncher kernel = hasRuns
                    ? convolveRuns ??= KernelLoader.Load<ConvolutionLauncher>(accelerator, ConvolutionForRuns)
                    : convolve;
                kernel(
                    stream,
                    new KernelConfig(launch.GridSize, launch.GroupSize),
                    operands.Input.Cast<TElement>(),
                    operands.Weight.Cast<Quad>(),
                    (sum is null ? operands.Bias : memory.Scratch).Cast<TOutput>(),
                    launch.Table.View<TiledTask>(memory.Table, 0),
                    (sum is null ? operands.Output : memory.Scratch).Cast<TOutput>(),
                    tiled.Parameters);
                sum?.Invoke(
                    stream,
                    new KernelConfig(tiled.SumShape.GridSize, tiled.SumShape.GroupSize),
                    memory.Scratch.Cast<float>(),
                    operands.Bias.Cast<TElement>(),
                    operands.Output.Cast<TElement>(),
                    tiled.Sum);
            },
            (stream, launch, memory, operands) => pack(
                stream,
                new KernelConfig(launch.GridSize, launch.GroupSize),
                operands.Input.Cast<TElement>(),
                launch.Table.View<int>(memory.Table, 0),
                operands.Output.Cast<TElement>(),
                ((KernelLaunch<TiledPackParams>)launch).Parameters));
    }

    private static bool IsAligned(ArrayView<byte> view) =>
        view.LoadEffectiveAddressAsPtr() % TileShape.QuadSize == 0;

    private KernelEntry EntryOf(string name, Delegate run) => new(name, run.Method)
    {
        Bounds = new(code.GroupSize, options.GroupsPerProcessor),
        Oldest = options.Hardware == HardwareLevel.TensorCores ? CudaArchitecture.SM_80 : null,
        FusedShare = code.FusedShare,
        Instructions = code.Instructions,
    };
}
