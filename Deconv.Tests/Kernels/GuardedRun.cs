using Deconv.Operators;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

/// <summary>
/// Runs a case in guarded memory, into an output that holds NaN before: a result comes back only
/// if nothing outside output was written and no operand changed.
/// </summary>
internal static class GuardedRun
{
    private const float OutputGuard = -987.25f;

    public static float[] Run(Engine engine, ConvTransposeCase c, string? variant, string what)
    {
        var nothing = new float[
            c.Spec.Batch * c.Spec.OutputChannels * c.Spec.Axes.Height.Output * c.Spec.Axes.Width.Output];
        nothing.AsSpan().Fill(float.NaN);
        using var input = new GuardedTensor(engine, c.Input.AsSpan(), float.NaN);
        using var weight = new GuardedTensor(engine, c.Weight.AsSpan(), float.NaN);
        using GuardedTensor? bias =
            c.Bias is { } values ? new GuardedTensor(engine, values.AsSpan(), float.NaN) : null;
        using var output = new GuardedTensor(engine, nothing, OutputGuard);

        ConvTranspose.Run(
            c.Spec, input.Tensor, weight.Tensor, bias?.Tensor, output.Tensor, variant: variant);

        input.AssertUnchanged($"{what}: input");
        weight.AssertUnchanged($"{what}: weight");
        bias?.AssertUnchanged($"{what}: bias");
        return output.Read($"{what}: output");
    }

    public static float[] Rounded(IEnumerable<double> values) => [.. values.Select(value => (float)value)];
}
