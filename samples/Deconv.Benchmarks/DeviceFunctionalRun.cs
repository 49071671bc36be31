using System.Numerics.Tensors;
using Deconv.Samples.Cli.Bench;
using F = Deconv.Torch.Functional;

namespace Deconv.Samples.Benchmarks;

/// <summary>What a call on device tensors pays, which takes its weight for a new one.</summary>
internal sealed class DeviceFunctionalRun : DeviceRun<float>
{
    private readonly BenchShape shape;
    private readonly DeviceTensor<float> input;
    private readonly DeviceTensor<float> weight;

    public DeviceFunctionalRun(Engine engine, BenchShape shape, BenchData data)
        : base(engine)
    {
        this.shape = shape;
        input = engine.Upload(Tensor.Create(data.Input, shape.InputLengths));
        weight = engine.Upload(Tensor.Create(data.Weight, shape.WeightLengths));
        Output = Call(null);
    }

    public override DeviceTensor<float> Output { get; }

    public override void Dispose()
    {
        input.Dispose();
        weight.Dispose();
        base.Dispose();
    }

    protected override void Enqueue() => Call(Output);

    private DeviceTensor<float> Call(DeviceTensor<float>? output) => F.ConvTranspose2d(
        input,
        weight,
        bias: null,
        BenchShape.Pair(shape.S),
        BenchShape.Pair(shape.P),
        BenchShape.Pair(shape.Op),
        shape.G,
        BenchShape.Pair(shape.D),
        output);
}
