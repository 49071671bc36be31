using System.Collections.Immutable;
using System.Reflection;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Kernels.Gather;

/// <summary>
/// The plain variant: right for every problem, on every accelerator, and the fallback of all others.
/// </summary>
internal sealed class GatherVariant : KernelVariant
{
    public override string Name => "gather";

    public override string Summary =>
        "sums up each output on its own; computes every call, on every accelerator";

    public override ImmutableArray<KernelEntry> EntryPoints =>
        [.. Enum.GetValues<ElementType>().Select(Entry)];

    /// <summary>Nothing but elements that a device knows nothing of.</summary>
    public override string? Refuse(KernelProblem problem, DeviceLimits device) =>
        device.RefuseElements(problem.Element);

    /// <inheritdoc/>
    /// <remarks>Measured: 0.3 products a nanosecond on a core, 1 through OpenCL.</remarks>
    public override double Estimate(KernelProblem problem, DeviceLimits device)
    {
        const double NanosecondsOfOutput = 10;
        double rate = device.Kind switch
        {
            DeviceKind.CpuAccelerator => 0.3,
            DeviceKind.OpenClCpu => 1,
            _ => 20,
        };
        return (problem.ProductCount / rate + problem.OutputCount * NanosecondsOfOutput) / device.Processors;
    }

    public override KernelLaunch Prepare(KernelProblem problem, DeviceLimits device)
    {
        LaunchShape shape = LaunchShape.Cover(problem.OutputCount, device);
        TapRange[] taps = [.. problem.Height.Outputs, .. problem.Width.Outputs];
        (TensorStrides input, TensorStrides weight) = (problem.InputStrides, problem.Weight.Strides);
        var parameters = new GatherParams
        {
            OutputCount = problem.OutputCount,
            OutputsPerItem = shape.ElementsPerItem,
            IsChannelsLast = problem.Layout == TensorLayout.ChannelsLast ? 1 : 0,
            ChannelsPerBias = problem.ChannelsPerBias,
            OutputChannels = problem.OutputChannels,
            GroupInputChannels = problem.InputChannels / problem.Groups,
            GroupOutputChannels = problem.OutputChannels / problem.Groups,
            InputSampleStride = input.Outermost,
            InputChannelStride = input.Channel,
            WeightInputStride = weight.Outermost,
            WeightOutputStride = weight.Channel,
            Height = AxisParams(problem.Height, input.Row, weight.Row),
            Width = AxisParams(problem.Width, input.Column, weight.Column),
        };
        return new KernelLaunch<GatherParams>(parameters)
        {
            GridSize = shape.GridSize,
            GroupSize = shape.GroupSize,
            Work = $"{shape.ElementsPerItem} of {problem.OutputCount} outputs",
            Table = new KernelTable().With<TapRange>(taps),
        };
    }

    public override LoadedVariant Load(Accelerator accelerator, ElementType element) =>
        FormatTable.Visit(element, new Loader(accelerator, Entry(element)));

    private KernelEntry Entry(ElementType element) =>
        new(element.NameOf(Name), FormatTable.Visit(element, new EntryPointFinder()));

    private static GatherAxisParams AxisParams(AxisProblem axis, long inputStride, long weightStride) => new()
    {
        OutputLength = axis.OutputLength,
        InputStride = inputStride,
        WeightStride = weightStride,
        InputStep = axis.InputStep * inputStride,
        WeightStep = axis.TapStep * weightStride,
    };

    private readonly struct EntryPointFinder : IFormatVisitor<MethodInfo>
    {
        private delegate void Entry<TStorage>(
            ArrayView<TStorage> input,
            ArrayView<TStorage> weight,
            ArrayView<TStorage> bias,
            ArrayView<TapRange> taps,
            ArrayView<TStorage> output,
            GatherParams p)
            where TStorage : unmanaged;

        public MethodInfo Visit<TFormat, TStorage, TSum>()
            where TFormat : struct, IFormat<TStorage, TSum>
            where TStorage : unmanaged
            where TSum : unmanaged =>
            new Entry<TStorage>(GatherKernel.Run<TFormat, TStorage, TSum>).Method;
    }

    private readonly struct Loader(Accelerator accelerator, KernelEntry entry) : IFormatVisitor<LoadedVariant>
    {
        public LoadedVariant Visit<TFormat, TStorage, TSum>()
            where TFormat : struct, IFormat<TStorage, TSum>
            where TStorage : unmanaged
            where TSum : unmanaged
        {
            var kernel = KernelLoader.Load<Action<
                AcceleratorStream,
                KernelConfig,
                ArrayView<TStorage>,
                ArrayView<TStorage>,
                ArrayView<TStorage>,
                ArrayView<TapRange>,
                ArrayView<TStorage>,
                GatherParams>>(accelerator, entry);
            return new((stream, launch, memory, operands) => kernel(
                stream,
                new KernelConfig(launch.GridSize, launch.GroupSize),
                operands.Input.Cast<TStorage>(),
                operands.Weight.Cast<TStorage>(),
                operands.Bias.Cast<TStorage>(),
                launch.Table.View<TapRange>(memory.Table, 0),
                operands.Output.Cast<TStorage>(),
                ((KernelLaunch<GatherParams>)launch).Parameters));
        }
    }
}
