using System.Numerics.Tensors;
using CsCheck;
using Deconv.Tests.Kernels;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;
using MegEngineF = Deconv.MegEngine.Functional;
using TorchF = Deconv.Torch.Functional;

namespace Deconv.Tests.Frontends;

/// <summary>
/// Random calls: legal ones have the oracle's bits; any others are refused exactly if they are not
/// legal. A failure prints the seed to run it again with.
/// </summary>
[TestClass]
public sealed class PropertyTests
{
    private const int LegalCalls = 150;
    private const int Calls = 2000;

    private static readonly string[] ArgumentNames =
        ["input", "inp", "stride", "dilation", "padding", "outputPadding"];

    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Legal_calls_of_torch_have_the_bits_of_the_oracle(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        LegalCall.Gen(axis => Math.Max(axis.Stride, axis.Dilation)).Sample(
            call =>
            {
                ConvTransposeCase c = call.ToCase();
                PerAxis<int> kernel = call.Of(axis => axis.Kernel);
                int outputChannels = c.Spec.OutputChannels;
                AssertOracle(call, c, TorchF.ConvTranspose2d(
                    Input(call, c),
                    HostTensor.Of(
                        [.. c.Weight], c.Spec.InputChannels, c.GroupOutputChannels, kernel.Height, kernel.Width),
                    c.Bias is { } bias ? HostTensor.Of([.. bias], outputChannels) : null,
                    call.Of(axis => axis.Stride),
                    call.Of(axis => axis.Padding),
                    call.Of(axis => axis.OutputPadding),
                    call.Groups,
                    call.Of(axis => axis.Dilation),
                    engine));
            },
            iter: LegalCalls);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Legal_calls_of_MegEngine_have_the_bits_of_the_oracle(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        LegalCall.Gen(axis => axis.Stride).Sample(
            call =>
            {
                ConvTransposeCase c = call.ToCase();
                PerAxis<int> kernel = call.Of(axis => axis.Kernel);
                nint[] group = [c.GroupInputChannels, c.GroupOutputChannels, kernel.Height, kernel.Width];
                AssertOracle(call, c, MegEngineF.ConvTranspose2d(
                    Input(call, c),
                    HostTensor.Of([.. c.Weight], call.Groups == 1 ? group : [call.Groups, .. group]),
                    c.Bias is { } bias ? HostTensor.Of([.. bias], 1, c.Spec.OutputChannels, 1, 1) : null,
                    call.Of(axis => axis.Stride),
                    call.Of(axis => axis.Padding),
                    call.Of(axis => axis.OutputPadding),
                    call.Of(axis => axis.Dilation),
                    call.Groups,
                    engine: engine));
            },
            iter: LegalCalls);
    }

    [TestMethod]
    public void Calls_of_torch_are_refused_exactly_if_they_are_not_legal() =>
        AnyAxes.Sample(
            axes => AssertRefusedOr(
                axes,
                isLegal: HasResult,
                (input, weight) => TorchF.ConvTranspose2d(
                    input,
                    weight,
                    null,
                    Of(axes, axis => axis.Stride),
                    Of(axes, axis => axis.Padding),
                    Of(axes, axis => axis.OutputPadding),
                    1,
                    Of(axes, axis => axis.Dilation))),
            iter: Calls);

    [TestMethod]
    public void Calls_of_MegEngine_are_refused_exactly_if_they_are_not_legal() =>
        AnyAxes.Sample(
            axes => AssertRefusedOr(
                axes,
                isLegal: axis => HasResult(axis) && axis.OutputPadding < axis.Stride,
                (inp, weight) => MegEngineF.ConvTranspose2d(
                    inp,
                    weight,
                    null,
                    Of(axes, axis => axis.Stride),
                    Of(axes, axis => axis.Padding),
                    Of(axes, axis => axis.OutputPadding),
                    Of(axes, axis => axis.Dilation))),
            iter: Calls);

    /// <summary>Arguments on either side of every rule, up to the greatest there are.</summary>
    private static Gen<(AxisArguments Height, AxisArguments Width)> AnyAxes
    {
        get
        {
            Gen<int> any = Gen.Frequency(
                (20, Gen.Int[1, 4]),
                (2, Gen.Int[-2, 0]),
                (1, Gen.OneOf(int.MinValue + 1, 1 << 16, 1 << 30, int.MaxValue - 1, int.MaxValue)));
            Gen<int> length = Gen.Frequency((20, Gen.Int[1, 4]), (1, Gen.OneOf(0, 1 << 30, int.MaxValue)));
            Gen<AxisArguments> axis = Gen.Select(
                length,
                Gen.Int[1, 3],
                any,
                any,
                any,
                any,
                (input, kernel, stride, dilation, padding, outputPadding) =>
                    new AxisArguments(input, kernel, stride, dilation, padding - 1, outputPadding - 1));
            return Gen.Select(axis, axis);
        }
    }

    private static bool HasResult(AxisArguments axis) =>
        axis is { Input: >= 1, Stride: >= 1, Dilation: >= 1, Padding: >= 0, OutputPadding: >= 0 }
        && axis.Output >= 1
        && axis.Output <= int.MaxValue;

    /// <summary>An empty batch takes no memory and no time, whatever its other lengths are.</summary>
    private static void AssertRefusedOr(
        (AxisArguments Height, AxisArguments Width) axes,
        Func<AxisArguments, bool> isLegal,
        Func<DeviceTensor<float>, DeviceTensor<float>, DeviceTensor<float>> call)
    {
        Engine engine = TestAccelerators.Get("cpu");
        using DeviceTensor<float> input = engine.Allocate<float>(0, 1, axes.Height.Input, axes.Width.Input);
        using DeviceTensor<float> weight = engine.Allocate<float>(1, 1, axes.Height.Kernel, axes.Width.Kernel);
        if (isLegal(axes.Height) && isLegal(axes.Width))
        {
            using DeviceTensor<float> output = call(input, weight);
            CollectionAssert.AreEqual(
                new nint[] { 0, 1, (nint)axes.Height.Output, (nint)axes.Width.Output }, output.Lengths.ToArray());
            return;
        }

        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(() => call(input, weight));
        Assert.Contains(refusal.ParamName!, ArgumentNames);
    }

    private static PerAxis<int> Of(
        (AxisArguments Height, AxisArguments Width) axes, Func<AxisArguments, int> value) =>
        (value(axes.Height), value(axes.Width));

    private static Tensor<float> Input(LegalCall call, ConvTransposeCase c) =>
        HostTensor.Of([.. c.Input], call.Shape(c.Spec.InputChannels, axis => axis.Input));

    private static void AssertOracle(LegalCall call, ConvTransposeCase c, Tensor<float> actual)
    {
        CollectionAssert.AreEqual(
            call.Shape(c.Spec.OutputChannels, axis => (int)axis.Output), actual.Lengths.ToArray());
        BitAssert.AreEqual(
            GuardedRun.Rounded(ScatterOracle.Compute(c)), HostTensor.Values(actual), "result");
    }
}
