using Deconv.Geometry;
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

    public static float[] Run(Engine engine, ConvTransposeCase c, string? variant, string what) => Run(
        engine,
        c.Spec,
        [.. c.Input],
        [.. c.Weight],
        c.Bias is { } bias ? [.. bias] : null,
        float.NaN,
        OutputGuard,
        variant,
        what);

    /// <summary>Runs a case of elements of any type.</summary>
    /// <param name="engine">Where.</param>
    /// <param name="spec">What.</param>
    /// <param name="x">The input.</param>
    /// <param name="w">The weight.</param>
    /// <param name="b">The bias; null for none.</param>
    /// <param name="nan">What lies around operands, and in the output before.</param>
    /// <param name="guard">What lies around the output.</param>
    /// <param name="variant">With which variant; null for the best.</param>
    /// <param name="what">What a failure is labelled with.</param>
    public static T[] Run<T>(
        Engine engine, ConvTransposeSpec spec, T[] x, T[] w, T[]? b, T nan, T guard, string? variant, string what)
        where T : unmanaged
    {
        var nothing = new T[
            spec.Batch * spec.OutputChannels * spec.Axes.Height.Output * spec.Axes.Width.Output];
        nothing.AsSpan().Fill(nan);
        using var input = new GuardedTensor<T>(engine, x, nan);
        using var weight = new GuardedTensor<T>(engine, w, nan);
        using GuardedTensor<T>? bias = b is null ? null : new GuardedTensor<T>(engine, b, nan);
        using var output = new GuardedTensor<T>(engine, nothing, guard);

        ConvTranspose.Run(
            spec, input.Tensor, weight.Tensor, bias?.Tensor, output.Tensor, variant: variant);

        input.AssertUnchanged($"{what}: input");
        weight.AssertUnchanged($"{what}: weight");
        bias?.AssertUnchanged($"{what}: bias");
        return output.Read($"{what}: output");
    }

    public static float[] Rounded(IEnumerable<double> values) => [.. values.Select(value => (float)value)];
}
