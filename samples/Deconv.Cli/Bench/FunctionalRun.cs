using System.Numerics.Tensors;
using F = Deconv.Torch.Functional;

namespace Deconv.Samples.Cli.Bench;

/// <summary>What a call on host tensors pays: copies both ways, and a weight that is new each time.</summary>
internal sealed class FunctionalRun(Engine engine, BenchShape shape, BenchData data) : IBenchRun
{
    private readonly Tensor<float> input = Tensor.Create(data.Input, shape.InputLengths);
    private readonly Tensor<float> weight = Tensor.Create(data.Weight, shape.WeightLengths);
    private Tensor<float>? output;

    /// <summary>Each call makes a result of its own.</summary>
    public void Poison() => output = null;

    public void Run() => output = F.ConvTranspose2d(
        input,
        weight,
        bias: null,
        BenchShape.Pair(shape.S),
        BenchShape.Pair(shape.P),
        BenchShape.Pair(shape.Op),
        shape.G,
        BenchShape.Pair(shape.D),
        engine);

    public ReadOnlySpan<float> Result() => Npy.Values(output!);

    public void Dispose()
    {
    }
}
