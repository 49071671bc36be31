using Deconv.Operators;
using Deconv.Tests.Kernels;
using Deconv.Tests.Oracles;

namespace Deconv.Tests.Support;

/// <summary>
/// A call with its expected bits, for tests whose subject is who calls when and not what is computed.
/// </summary>
internal sealed class Workload
{
    private readonly ConvTransposeCase data;
    private readonly float[] expected;

    public Workload(CaseShape shape, int seed = 1)
    {
        data = CaseData.Dyadic(shape.ToSpec(), seed);
        expected = GuardedRun.Rounded(ScatterOracle.Compute(data));
    }

    public static CaseShape SmallShape { get; } = new()
    {
        Batch = 2,
        GroupInputChannels = 3,
        GroupOutputChannels = 2,
        Input = (3, 4),
        Kernel = (3, 2),
        Stride = (2, 3),
        HasBias = true,
    };

    public static Workload Small { get; } = new(SmallShape);

    public void AssertRightOn(Engine engine, string what = "small workload")
    {
        using DeviceTensor<float> input = HostTensor.Upload(engine, [.. data.Input]);
        using DeviceTensor<float> weight = HostTensor.Upload(engine, [.. data.Weight]);
        using DeviceTensor<float>? bias =
            data.Bias is { } values ? HostTensor.Upload(engine, [.. values]) : null;
        using DeviceTensor<float> output = engine.Allocate<float>(expected.Length);
        ConvTranspose.Run(data.Spec, input, weight, bias, output);
        BitAssert.AreEqual(expected, HostTensor.Values(output.ToTensor()), what);
    }
}
