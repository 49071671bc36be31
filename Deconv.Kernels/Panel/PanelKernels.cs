using System.Runtime.CompilerServices;
using Deconv.Kernels.Launch;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace Deconv.Kernels.Panel;

/// <summary>The kernels of a <see cref="PanelVariant"/> for elements of one type.</summary>
internal abstract class PanelKernels
{
    /// <summary>The lanes of one block of sums.</summary>
    public abstract int BlockWidth { get; }

    /// <summary>The least lanes of a tile.</summary>
    public abstract int VectorWidth { get; }

    /// <summary>Bytes of a number in packed weights, panels and sums.</summary>
    public abstract int NumberSize { get; }

    /// <summary>Whether elements become numbers on their way, and back.</summary>
    public abstract bool ConvertsElements { get; }

    /// <summary>The convolution of a variant, by its name, and the packing of its weights.</summary>
    public abstract (KernelEntry Convolution, KernelEntry Packing) EntriesOf(string variant);

    public abstract LoadedVariant Load(Accelerator accelerator, string variant);

    /// <summary>Compiles the kernels as .NET methods, with what they call.</summary>
    public abstract void CompileAhead();
}

/// <summary>The kernels with one of the micro-kernels.</summary>
internal sealed class PanelKernels<TMicroKernel, TPacker, TStorage, TSum> : PanelKernels
    where TMicroKernel : struct, IPanelMicroKernel<TMicroKernel, TStorage, TSum>
    where TPacker : struct, IWeightPacker<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged
{
    private delegate void Entry(
        ArrayView<TStorage> input,
        ArrayView<TSum> weights,
        ArrayView<TStorage> bias,
        ArrayView<TStorage> output,
        ArrayView<TSum> scratch,
        ArrayView<PanelRegion> regions,
        ArrayView<PanelPhase> phases,
        ArrayView<PanelClass> classes,
        ArrayView<int> weightOffsets,
        ArrayView<int> counter,
        int firstCount,
        PanelParams p);

    private delegate void PackEntry(
        ArrayView<TStorage> weight, ArrayView<TSum> packed, ArrayView<PanelPackSection> sections, PanelPackParams p);

    public override int BlockWidth => default(TMicroKernel).BlockWidth;

    public override int VectorWidth => default(TMicroKernel).WidthOf(1);

    public override int NumberSize => Unsafe.SizeOf<TSum>();

    public override bool ConvertsElements => Unsafe.SizeOf<TStorage>() != Unsafe.SizeOf<TSum>();

    public override (KernelEntry Convolution, KernelEntry Packing) EntriesOf(string variant) => (
        new(variant, new Entry(PanelKernel.Run<TMicroKernel, TStorage, TSum>).Method) { IsForGpus = false },
        new($"{variant}.pack", new PackEntry(PanelPackKernel.Run<TPacker, TStorage, TSum>).Method) { IsForGpus = false });

    public override void CompileAhead()
    {
        (KernelEntry convolution, KernelEntry packing) = EntriesOf("");
        AheadOfTime.Compile(convolution.Method);
        AheadOfTime.Compile(packing.Method);
        AheadOfTime.Compile(new CpuKernel(Convolve).Method);
        AheadOfTime.Compile(new CpuKernel(Pack).Method);
        AheadOfTime.Compile(typeof(TPacker));
        foreach (Type part in default(TMicroKernel).Parts)
            AheadOfTime.Compile(part);
    }

    public override LoadedVariant Load(Accelerator accelerator, string variant)
    {
        if (accelerator is CPUAccelerator)
            return new(CpuLauncher.Of(accelerator, Convolve), CpuLauncher.Of(accelerator, Pack));
        (KernelEntry convolution, KernelEntry packing) = EntriesOf(variant);
        var convolve = KernelLoader.Load<Action<
            AcceleratorStream,
            KernelConfig,
            ArrayView<TStorage>,
            ArrayView<TSum>,
            ArrayView<TStorage>,
            ArrayView<TStorage>,
            ArrayView<TSum>,
            ArrayView<PanelRegion>,
            ArrayView<PanelPhase>,
            ArrayView<PanelClass>,
            ArrayView<int>,
            ArrayView<int>,
            int,
            PanelParams>>(accelerator, convolution);
        var pack = KernelLoader.Load<Action<
            AcceleratorStream,
            KernelConfig,
            ArrayView<TStorage>,
            ArrayView<TSum>,
            ArrayView<PanelPackSection>,
            PanelPackParams>>(accelerator, packing);
        return new(
            (stream, launch, memory, operands) =>
            {
                PanelViews<TStorage, TSum> views = ViewsOf(launch, memory, operands);
                convolve(
                    stream,
                    new KernelConfig(launch.GridSize, launch.GroupSize),
                    views.Input,
                    views.Weights,
                    views.Bias,
                    views.Output,
                    views.Scratch,
                    views.Regions,
                    views.Phases,
                    views.Classes,
                    views.WeightOffsets,
                    memory.Counter,
                    memory.FirstCount,
                    ((KernelLaunch<PanelParams>)launch).Parameters);
            },
            (stream, launch, memory, operands) => pack(
                stream,
                new KernelConfig(launch.GridSize, launch.GroupSize),
                operands.Input.Cast<TStorage>(),
                operands.Output.Cast<TSum>(),
                launch.Table.View<PanelPackSection>(memory.Table, 0),
                ((KernelLaunch<PanelPackParams>)launch).Parameters));
    }

    private static PanelViews<TStorage, TSum> ViewsOf(
        KernelLaunch launch, in LaunchMemory memory, in KernelOperands operands) => new()
        {
            Input = operands.Input.Cast<TStorage>(),
            Weights = operands.Weight.Cast<TSum>(),
            Bias = operands.Bias.Cast<TStorage>(),
            Output = operands.Output.Cast<TStorage>(),
            Scratch = memory.Scratch.Cast<TSum>(),
            Regions = launch.Table.View<PanelRegion>(memory.Table, 0),
            Phases = launch.Table.View<PanelPhase>(memory.Table, 1),
            Classes = launch.Table.View<PanelClass>(memory.Table, 2),
            WeightOffsets = launch.Table.View<int>(memory.Table, 3),
        };

    private static void Convolve(KernelLaunch launch, in LaunchMemory memory, in KernelOperands operands)
    {
        PanelViews<TStorage, TSum> views = ViewsOf(launch, memory, operands);
        PanelKernel.Run<TMicroKernel, TStorage, TSum>(
            views.Input,
            views.Weights,
            views.Bias,
            views.Output,
            views.Scratch,
            views.Regions,
            views.Phases,
            views.Classes,
            views.WeightOffsets,
            memory.Counter,
            memory.FirstCount,
            ((KernelLaunch<PanelParams>)launch).Parameters);
    }

    private static void Pack(KernelLaunch launch, in LaunchMemory memory, in KernelOperands operands) =>
        PanelPackKernel.Run<TPacker, TStorage, TSum>(
            operands.Input.Cast<TStorage>(),
            operands.Output.Cast<TSum>(),
            launch.Table.View<PanelPackSection>(memory.Table, 0),
            ((KernelLaunch<PanelPackParams>)launch).Parameters);
}
