using System.Numerics.Tensors;
using Deconv.Kernels.Launch;
using Deconv.Planning;

namespace Deconv.Samples.Cli.Bench;

/// <summary>What packing the weight costs: once where it is kept, in each call where it is new.</summary>
internal sealed class PackRun<T> : DeviceRun<float>
    where T : unmanaged
{
    private readonly ConvTransposePlan plan;
    private readonly DeviceTensor<T> weight;

    private PackRun(Engine engine, ConvTransposePlan plan, WeightPacking packing, Tensor<T> weight)
        : base(engine)
    {
        this.plan = plan;
        this.weight = engine.Upload(weight);
        Output = engine.Allocate<float>((nint)packing.ByteLength / sizeof(float));
    }

    /// <summary>The packed weight, whatever it consists of.</summary>
    public override DeviceTensor<float> Output { get; }

    /// <summary>The packing of a plan of the engine's; null where its variant packs nothing.</summary>
    public static PackRun<T>? Create(
        Engine engine, ConvTransposePlan plan, BenchData data, DeviceClock? clock = null) =>
        plan.Packing is WeightPacking packing
            ? new(engine, plan, packing, data.WeightOf<T>()) { Clock = clock }
            : null;

    public override void Dispose()
    {
        weight.Dispose();
        base.Dispose();
    }

    protected override void Enqueue() => Engine.Pack(plan.Geometry, weight.View.Cast<byte>(), Output.View.Cast<byte>());
}
