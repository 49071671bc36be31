using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;

namespace Deconv.Planning;

/// <summary>
/// What speaks for or against a variant: why it refuses, or how long it is estimated to take.
/// </summary>
internal sealed record VariantChoice(KernelVariant Variant, string? Refusal, double Nanoseconds)
{
    public static VariantChoice Of(KernelVariant variant, KernelProblem problem, DeviceLimits device)
    {
        string? refusal = variant.Refuse(problem, device);
        return new(variant, refusal, refusal is null ? variant.Estimate(problem, device) : double.NaN);
    }
}
