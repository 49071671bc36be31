using System.Numerics.Tensors;
using F = Deconv.Torch.Functional;

namespace Deconv.Samples.Cli.Bench;

/// <summary>What a call on host tensors pays: copies both ways, and a weight that is new each time.</summary>
internal sealed class FunctionalRun<T>(Engine engine, BenchShape shape, BenchData data) : IBenchRun
    where T : unmanaged
{
    private readonly Tensor<T> input = data.InputOf<T>();
    private readonly Tensor<T> weight = data.WeightOf<T>();
    private Tensor<T>? output;

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

    public ReadOnlySpan<float> Result() => BenchData.Floats(output!);

    public void Dispose()
    {
    }
}
