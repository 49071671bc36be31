using System.Collections.Immutable;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Kernels.Panel;

/// <summary>A <see cref="PanelVariant"/> with one of the micro-kernels.</summary>
/// <param name="name">The variant's name.</param>
/// <param name="summary">What it does, in a line.</param>
/// <param name="isPortable">Whether the micro-kernel compiles for devices.</param>
/// <param name="rateOn">Products a nanosecond that a core of the device sums up.</param>
/// <param name="refuse">Why the micro-kernel cannot run on a device; null where it can.</param>
internal sealed class MicroPanelVariant<TMicroKernel, TPacker>(
    string name,
    string summary,
    bool isPortable,
    Func<DeviceLimits, double> rateOn,
    Func<DeviceLimits, string?> refuse)
    : PanelVariant(name, summary, rateOn, refuse)
    where TMicroKernel : struct, IPanelMicroKernel<TMicroKernel>
    where TPacker : struct, IWeightPacker
{
    private readonly KernelEntry convolution =
        new(name, new Entry(PanelKernel.Run<TMicroKernel>).Method) { IsForGpus = false };

    private readonly KernelEntry packing =
        new($"{name}.pack", new PackEntry(PanelPackKernel.Run<TPacker>).Method) { IsForGpus = false };

    public override ImmutableArray<KernelEntry> EntryPoints => isPortable ? [convolution, packing] : [];

    private delegate void Entry(
        ArrayView<float> input,
        ArrayView<float> weights,
        ArrayView<float> bias,
        ArrayView<float> output,
        ArrayView<float> scratch,
        ArrayView<PanelRegion> regions,
        ArrayView<PanelPhase> phases,
        ArrayView<PanelClass> classes,
        ArrayView<int> weightOffsets,
        ArrayView<int> counter,
        int firstCount,
        PanelParams p);

    private delegate void PackEntry(
        ArrayView<float> weight, ArrayView<float> packed, ArrayView<PanelPackSection> sections, PanelPackParams p);

    protected override int BlockWidth => default(TMicroKernel).BlockWidth;

    protected override int VectorWidth => default(TMicroKernel).WidthOf(1);

    public override LoadedVariant Load(Accelerator accelerator, ElementType element)
    {
        var convolve = KernelLoader.Load<Action<
            AcceleratorStream,
            KernelConfig,
            ArrayView<float>,
            ArrayView<float>,
            ArrayView<float>,
            ArrayView<float>,
            ArrayView<float>,
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
            ArrayView<float>,
            ArrayView<float>,
            ArrayView<PanelPackSection>,
            PanelPackParams>>(accelerator, packing);
        return new(
            (stream, launch, memory, operands) => convolve(
                stream,
                new KernelConfig(launch.GridSize, launch.GroupSize),
                operands.Input.Cast<float>(),
                operands.Weight.Cast<float>(),
                operands.Bias.Cast<float>(),
                operands.Output.Cast<float>(),
                memory.Scratch.Cast<float>(),
                launch.Table.View<PanelRegion>(memory.Table, 0),
                launch.Table.View<PanelPhase>(memory.Table, 1),
                launch.Table.View<PanelClass>(memory.Table, 2),
                launch.Table.View<int>(memory.Table, 3),
                memory.Counter,
                memory.FirstCount,
                ((KernelLaunch<PanelParams>)launch).Parameters),
            (stream, launch, memory, operands) => pack(
                stream,
                new KernelConfig(launch.GridSize, launch.GroupSize),
                operands.Input.Cast<float>(),
                operands.Output.Cast<float>(),
                launch.Table.View<PanelPackSection>(memory.Table, 0),
                ((KernelLaunch<PanelPackParams>)launch).Parameters));
    }
}
