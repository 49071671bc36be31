using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;

namespace Deconv.Planning;

/// <summary>
/// What speaks for or against a variant: why it refuses, or how long it is estimated to take and,
/// where it was timed, takes.
/// </summary>
internal sealed record VariantChoice(
    KernelVariant Variant, string? Refusal, double Nanoseconds, double? MeasuredNanoseconds = null)
{
    public static VariantChoice Of(KernelVariant variant, KernelProblem problem, DeviceLimits device)
    {
        string? refusal = variant.Refuse(problem, device);
        return new(variant, refusal, refusal is null ? variant.Estimate(problem, device) : double.NaN);
    }

    /// <summary>One line for people.</summary>
    public override string ToString() => this switch
    {
        { Refusal: string refusal } => $"{Variant} refuses: {refusal}",
        { MeasuredNanoseconds: double measured } =>
            FormattableString.Invariant($"{Variant} was measured to take {measured / 1000:F1} us"),
        _ => FormattableString.Invariant($"{Variant} is estimated to take {Nanoseconds / 1000:G3} us"),
    };
}
