namespace Deconv.Kernels.Problem;

/// <summary>What more than one variant refuses: each is the reason, or null where the problem is taken.</summary>
internal static class Refusals
{
    public static string? RefuseComplex(this KernelProblem problem) =>
        problem.Element is ElementType.ComplexFloat32 or ElementType.ComplexFloat64
            ? $"it computes real numbers, and the call's elements are {problem.Element.Name()}"
            : null;

    public static string? RefuseAllButPixelProducts(this KernelProblem problem) => problem.IsPixelProduct
        ? null
        : "it is for inputs of one pixel, each tap of which is an output of its own";

    public static string? RefuseColumnStride(this KernelProblem problem, int most) => problem.Width.Stride > most
        ? $"the stride is {problem.Width.Stride} on the width axis, and it takes at most {most}"
        : null;

    /// <param name="groupLength">Elements of a group of the packed weight, which kernels count in 32 bits.</param>
    public static string? RefusePackedGroup(long groupLength) => groupLength > int.MaxValue
        ? $"a group of the packed weight has {groupLength} elements, and it takes at most {int.MaxValue}"
        : null;
}
