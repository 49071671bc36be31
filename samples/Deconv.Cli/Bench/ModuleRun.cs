using Deconv.Planning;
using Deconv.Torch;

namespace Deconv.Samples.Cli.Bench;

/// <summary>What a module pays: input, prepared weight and result stay on the accelerator.</summary>
internal sealed class ModuleRun<T> : DeviceRun<T>
    where T : unmanaged
{
    private readonly ConvTranspose2d<T> module;
    private readonly DeviceTensor<T> input;

    public ModuleRun(Engine engine, BenchShape shape, BenchData data)
        : base(engine)
    {
        module = new ConvTranspose2d<T>(
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
            Weight = data.WeightOf<T>(),
        };
        input = engine.Upload(data.InputOf<T>());
        try
        {
            Output = module.Forward(input);
        }
        catch
        {
            input.Dispose();
            module.Dispose();
            throw;
        }
    }

    /// <summary>The plan of the shape, on an engine that computes nothing else.</summary>
    public ConvTransposePlan Plan => Engine.Plans.Single();

    public override DeviceTensor<T> Output { get; }

    public override void Dispose()
    {
        input.Dispose();
        module.Dispose();
        base.Dispose();
    }

    protected override void Enqueue() => module.Forward(input, output: Output);
}
