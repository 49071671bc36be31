using System.Numerics.Tensors;
using Deconv.Operators;
using Deconv.Tests.Kernels;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;

namespace Deconv.Tests.Frontends;

/// <summary>
/// A module of one of the frameworks, seen by tests that hold for each: the same convolution, with
/// the framework's own layouts of the weight and the bias.
/// </summary>
internal sealed class ModuleUnderTest : IDisposable
{
    private static readonly CaseShape Shape = new()
    {
        Batch = 2,
        Groups = 2,
        GroupInputChannels = 2,
        GroupOutputChannels = 3,
        Kernel = (3, 2),
        Stride = (2, 3),
        HasBias = true,
    };

    public static string[] Names { get; } = ["torch", "megengine"];

    public required nint[] WeightLengths { get; init; }

    public required nint[] BiasLengths { get; init; }

    public required PreparedWeights<float> Prepared { get; init; }

    public required Func<Tensor<float>, Tensor<float>> OnHost { get; init; }

    public required Func<DeviceTensor<float>, DeviceTensor<float>?, DeviceTensor<float>> OnDevice { get; init; }

    public required Func<(Tensor<float> Weight, Tensor<float>? Bias)> Get { get; init; }

    public required Action<Tensor<float>> SetWeight { get; init; }

    public required Action<Tensor<float>?> SetBias { get; init; }

    public required IDisposable Module { get; init; }

    public static ModuleUnderTest Create(string name, Engine? engine) =>
        name == "torch" ? CreateTorch(engine) : CreateMegEngine(engine);

    /// <summary>The case of an input of the given extents with data of its own.</summary>
    public static ConvTransposeCase Case(PerAxis<int> input, int seed = 1) =>
        CaseData.Dyadic((Shape with { Input = input }).ToSpec(), seed);

    public static Tensor<float> Input(ConvTransposeCase c) =>
        HostTensor.Of([.. c.Input], Shape.Batch, 4, c.Spec.Axes.Height.Input, c.Spec.Axes.Width.Input);

    public static float[] Expected(ConvTransposeCase c) => GuardedRun.Rounded(ScatterOracle.Compute(c));

    public void SetWeights(ConvTransposeCase c)
    {
        SetWeight(HostTensor.Of([.. c.Weight], WeightLengths));
        SetBias(HostTensor.Of([.. c.Bias!.Value], BiasLengths));
    }

    public void AssertRight(ConvTransposeCase c, string what) =>
        BitAssert.AreEqual(Expected(c), HostTensor.Values(OnHost(Input(c))), what);

    public void Dispose() => Module.Dispose();

    private static ModuleUnderTest CreateTorch(Engine? engine)
    {
        var module = new Deconv.Torch.ConvTranspose2d<float>(
            4, 6, (3, 2), stride: (2, 3), groups: 2, engine: engine);
        return new()
        {
            WeightLengths = [4, 3, 3, 2],
            BiasLengths = [6],
            Prepared = module.Prepared,
            OnHost = input => module.Forward(input),
            OnDevice = (input, output) => module.Forward(input, output: output),
            Get = () => (module.Weight, module.Bias),
            SetWeight = weight => module.Weight = weight,
            SetBias = bias => module.Bias = bias,
            Module = module,
        };
    }

    private static ModuleUnderTest CreateMegEngine(Engine? engine)
    {
        var module = new Deconv.MegEngine.ConvTranspose2d<float>(
            4, 6, (3, 2), stride: (2, 3), groups: 2, engine: engine);
        return new()
        {
            WeightLengths = [2, 2, 3, 3, 2],
            BiasLengths = [1, 6, 1, 1],
            Prepared = module.Prepared,
            OnHost = inp => module.Forward(inp),
            OnDevice = (inp, output) => module.Forward(inp, output),
            Get = () => (module.Weight, module.Bias),
            SetWeight = weight => module.Weight = weight,
            SetBias = bias => module.Bias = bias,
            Module = module,
        };
    }
}
