using System.Numerics.Tensors;
using Deconv.Planning;
using ILGPU.Runtime;
using ConvTranspose2d = Deconv.Torch.ConvTranspose2d;

namespace Deconv.Samples.Cli.Bench;

/// <summary>What a module pays: input, prepared weight and result stay on the accelerator.</summary>
internal sealed class ModuleRun : IBenchRun
{
    private readonly Engine engine;
    private readonly ConvTranspose2d module;
    private readonly DeviceTensor<float> input;
    private readonly DeviceTensor<float> output;

    public ModuleRun(Engine engine, BenchShape shape, BenchData data)
    {
        this.engine = engine;
        module = new ConvTranspose2d(
            shape.Ci,
            shape.Co,
            BenchShape.Pair(shape.K),
            BenchShape.Pair(shape.S),
            BenchShape.Pair(shape.P),
            BenchShape.Pair(shape.Op),
            shape.G,
            bias: false,
            BenchShape.Pair(shape.D),
            engine: engine)
        {
            Weight = Tensor.Create(data.Weight, shape.WeightLengths),
        };
        input = engine.Upload(Tensor.Create(data.Input, shape.InputLengths));
        output = module.Forward(input);
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
        module.Forward(input, output: output);
        engine.Synchronize();
    }

    public ReadOnlySpan<float> Result() => Npy.Values(output.ToTensor());

    public void Dispose()
    {
        input.Dispose();
        module.Dispose();
        output.Dispose();
    }
}
