using System.Collections.Immutable;
using System.Reflection;
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

    public override ImmutableArray<(string Name, MethodInfo Method)> EntryPoints =>
        [(Name, new Entry(GatherKernel.Run).Method)];

    private delegate void Entry(
        ArrayView<float> input,
        ArrayView<float> weight,
        ArrayView<float> bias,
        ArrayView<TapRange> taps,
        ArrayView<float> output,
        GatherParams p);

    public override string? Refuse(KernelProblem problem, DeviceLimits device) => null;

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
            HasBias = problem.HasBias ? 1 : 0,
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

    public override LoadedVariant Load(Accelerator accelerator)
    {
        var kernel = KernelLoader.Load<Action<
            AcceleratorStream,
            KernelConfig,
            ArrayView<float>,
            ArrayView<float>,
            ArrayView<float>,
            ArrayView<TapRange>,
            ArrayView<float>,
            GatherParams>>(accelerator, EntryPoints[0].Method);
        return new((stream, launch, memory, operands) => kernel(
            stream,
            new KernelConfig(launch.GridSize, launch.GroupSize),
            operands.Input,
            operands.Weight,
            operands.Bias,
            launch.Table.View<TapRange>(memory.Table, 0),
            operands.Output,
            ((KernelLaunch<GatherParams>)launch).Parameters));
    }

    private static GatherAxisParams AxisParams(AxisProblem axis, long inputStride, long weightStride) => new()
    {
        OutputLength = axis.OutputLength,
        InputStride = inputStride,
        WeightStride = weightStride,
        InputStep = axis.InputStep * inputStride,
        WeightStep = axis.TapStep * weightStride,
    };
}
