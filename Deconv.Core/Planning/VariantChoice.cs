using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;

namespace Deconv.Planning;

/// <summary>
/// What speaks for or against a variant: why it refuses, or how long it is estimated to take and,
/// where it was timed, takes.
/// </summary>
/// <param name="Variant">The variant.</param>
/// <param name="Refusal">Why it cannot compute the call, or must not; null where it can.</param>
/// <param name="Reserve">Why only a call that names it gets it; null where any does, and where it refuses.</param>
/// <param name="Nanoseconds">The estimate; not a number where it refuses.</param>
/// <param name="MeasuredNanoseconds">What it took where it was timed.</param>
internal sealed record VariantChoice(
    KernelVariant Variant, string? Refusal, string? Reserve, double Nanoseconds, double? MeasuredNanoseconds = null)
{
    public static VariantChoice Of(
        KernelVariant variant, KernelProblem problem, DeviceLimits device, NumericsOptions numerics)
    {
        string? refusal = variant.Refuse(problem, device);
        if (refusal is null && numerics.Deterministic && !variant.IsDeterministic)
            refusal = "its bits may differ from run to run, and the call is to be deterministic";
        string? reserve = refusal is null ? ReserveOf(variant, numerics) : null;

        // A sample must not be computed by another variant in a larger batch.
        KernelProblem estimated = numerics.Deterministic ? problem.OfOneSample : problem;
        return new(variant, refusal, reserve, refusal is null ? variant.Estimate(estimated, device) : double.NaN);
    }

    /// <summary>Whether it is chosen without being named.</summary>
    public bool IsOffered => Refusal is null && Reserve is null;

    private static string? ReserveOf(KernelVariant variant, NumericsOptions numerics)
    {
        if (variant.UsesTensorFloat32 && !numerics.AllowTensorFloat32)
            return "it rounds to TensorFloat32, which is not allowed";
        return variant.IsForNamedCalls ? "whether it is ever the fastest has not been measured" : null;
    }

    /// <summary>One line for people.</summary>
    public override string ToString() => this switch
    {
        { Refusal: string refusal } => $"{Variant} refuses: {refusal}",
        { Reserve: string reserve } => $"{Variant} is only for calls that name it: {reserve}",
        { MeasuredNanoseconds: double measured } =>
            FormattableString.Invariant($"{Variant} was measured to take {measured / 1000:F1} us"),
        _ => FormattableString.Invariant($"{Variant} is estimated to take {Nanoseconds / 1000:G3} us"),
    };
}
