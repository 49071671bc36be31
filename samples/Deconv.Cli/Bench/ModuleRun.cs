using System.Numerics.Tensors;
using Deconv.Planning;
using ILGPU.Runtime;
using F = Deconv.Torch.Functional;

namespace Deconv.Samples.Cli.Bench;

/// <summary>What a module pays: input, prepared weight and result stay on the accelerator.</summary>
internal sealed class ModuleRun : IBenchRun
{
    private readonly Engine engine;
    private readonly BenchShape shape;
    private readonly DeviceTensor<float> input;
    private readonly DeviceTensor<float> weight;
    private readonly DeviceTensor<float> output;

    public ModuleRun(Engine engine, BenchShape shape, BenchData data)
    {
        this.engine = engine;
        this.shape = shape;
        input = engine.Upload(Tensor.Create(data.Input, shape.InputLengths));
        weight = engine.Upload(Tensor.Create(data.Weight, shape.WeightLengths));
        output = Compute(null);
    }

    /// <summary>The plan of the shape, on an engine that computes nothing else.</summary>
    public ConvTransposePlan Plan => engine.Plans.Single();

    public nint[] OutputLengths => output.Lengths.ToArray();

    public nint OutputCount => output.FlattenedLength;

    public void Poison()
    {
        // All bits set are a NaN.
        output.View.MemSet(engine.Stream, byte.MaxValue);
        engine.Synchronize();
    }

    public void Run()
    {
        Compute(output);
        engine.Synchronize();
    }

    public ReadOnlySpan<float> Result() => Npy.Values(output.ToTensor());

    public void Dispose()
    {
        input.Dispose();
        weight.Dispose();
        output.Dispose();
    }

    private DeviceTensor<float> Compute(DeviceTensor<float>? target) => F.ConvTranspose2d(
        input,
        weight,
        bias: null,
        BenchShape.Pair(shape.S),
        BenchShape.Pair(shape.P),
        BenchShape.Pair(shape.Op),
        shape.G,
        BenchShape.Pair(shape.D),
        target);
}
