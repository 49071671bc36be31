using Deconv.Frontends.Torch;
using Deconv.Geometry;
using Deconv.Kernels.Problem;
using Deconv.Operators;
using Deconv.Runtime;
using static Deconv.Frontends.LengthRules;

namespace Deconv.Frontends.MegEngine;

/// <summary>
/// Checks a call of MegEngine's conv_transpose2d (2024-10) by its documentation and, where that is
/// silent, its source, and translates it into torch's words, whose sizes are the same.
/// </summary>
internal static class ConvTranspose2dRules
{
    public const string DefaultConvMode = "cross_correlation";
    public const string DefaultComputeMode = "default";

    private const string Float32ComputeMode = "float32";
    private const string Operator = "megengine.functional.conv_transpose2d";

    private const int BatchedRank = 4;
    private const int UnbatchedRank = 3;

    /// <param name="inp">Lengths of the input.</param>
    /// <param name="weight">Lengths of the weight.</param>
    /// <param name="hasBias">Whether there is a bias.</param>
    /// <param name="bias">Lengths of the bias, if there is one.</param>
    /// <param name="arguments">The other arguments.</param>
    public static ConvTransposeCall Translate(
        ReadOnlySpan<nint> inp,
        ReadOnlySpan<nint> weight,
        bool hasBias,
        ReadOnlySpan<nint> bias,
        ConvTranspose2dArguments arguments)
    {
        Require(
            inp.Length is BatchedRank or UnbatchedRank,
            nameof(inp),
            inp,
            "it must be (N, C_in, H, W) or, unbatched, (C_in, H, W)");
        ReadOnlySpan<nint> sample = inp[^UnbatchedRank..];
        RequirePositive(nameof(inp), inp, sample, "only the batch may be empty");
        Require(inp[0] <= int.MaxValue, nameof(inp), inp, "each length must fit in 32 bits");

        int groups = arguments.Groups;
        Refusal.Unless(groups >= 1, nameof(groups), groups, "it must be at least 1");
        bool isGrouped = groups > 1;
        Require(
            isGrouped || weight.Length == BatchedRank,
            nameof(weight),
            weight,
            "it must be (C_in, C_out, kH, kW)");
        Require(
            !isGrouped || weight.Length == BatchedRank + 1,
            nameof(weight),
            weight,
            $"with groups, {groups}, it must be (groups, C_in / groups, C_out / groups, kH, kW)");
        RequirePositive(nameof(weight), weight, weight, "no length of it may be 0");
        Require(
            !isGrouped || weight[0] == groups,
            nameof(weight),
            weight,
            $"its first length must be groups, {groups}");

        ReadOnlySpan<nint> group = weight[^BatchedRank..];
        long inputChannels = (long)group[0] * groups;
        long outputChannels = (long)group[1] * groups;
        Require(
            Math.Max(inputChannels, outputChannels) <= int.MaxValue,
            nameof(weight),
            weight,
            $"its channels, times groups, {groups}, must fit in 32 bits");
        Require(
            sample[0] == inputChannels,
            nameof(inp),
            inp,
            $"the weight {TensorLengths.Text(weight)} wants {inputChannels} channels");
        Require(
            !hasBias || bias.SequenceEqual([1, (nint)outputChannels, 1, 1]),
            nameof(bias),
            bias,
            $"it must be [1, {outputChannels}, 1, 1]");

        PerAxis<int> lengths = ((int)sample[1], (int)sample[2]);
        PerAxis<int> kernel = ((int)group[2], (int)group[3]);
        RequireOutputPadding(arguments, lengths, kernel);
        return Torch.ConvTranspose2dRules.Translate(
            inp,
            [(nint)inputChannels, group[1], group[2], group[3]],
            hasBias,
            [(nint)outputChannels],
            arguments);
    }

    /// <summary>Refuses an output padding that is not less than the stride, whatever the dilation.</summary>
    public static void RequireOutputPadding(
        ConvTranspose2dArguments arguments, PerAxis<int> lengths, PerAxis<int> kernel)
    {
        RequireOutputPadding(Axis.Height, arguments, lengths, kernel);
        RequireOutputPadding(Axis.Width, arguments, lengths, kernel);
    }

    /// <summary>
    /// Refuses complex elements, and modes other than MegEngine's for the others; case does not matter.
    /// </summary>
    public static void RequireModes<T>(string convMode, string computeMode)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(convMode);
        ArgumentNullException.ThrowIfNull(computeMode);
        RealElements.Require<T>(Operator);
        if (!convMode.Equals(DefaultConvMode, StringComparison.OrdinalIgnoreCase))
            Refusal.Throw(nameof(convMode), $"'{convMode}'", $"it must be '{DefaultConvMode}'");
        if (computeMode.Equals(DefaultComputeMode, StringComparison.OrdinalIgnoreCase))
            return;
        if (!IsFloat32(computeMode))
        {
            Refusal.Throw(
                nameof(computeMode), $"'{computeMode}'", $"it must be '{DefaultComputeMode}' or '{Float32ComputeMode}'");
        }

        ElementType element = ElementTypeOf<T>.Value;
        if (element is not (ElementType.Float16 or ElementType.BrainFloat16))
        {
            Refusal.Throw(
                nameof(computeMode),
                $"'{computeMode}'",
                $"with elements of {element.Name()} it must be '{DefaultComputeMode}': "
                + $"'{Float32ComputeMode}' is for those of 16 bits");
        }
    }

    /// <summary>MegEngine's own spelling of a mode that it has.</summary>
    public static string ComputeModeOf(string computeMode) =>
        IsFloat32(computeMode) ? Float32ComputeMode : DefaultComputeMode;

    private static bool IsFloat32(string computeMode) =>
        computeMode.Equals(Float32ComputeMode, StringComparison.OrdinalIgnoreCase);

    private static void RequireOutputPadding(
        Axis axis, ConvTranspose2dArguments arguments, PerAxis<int> lengths, PerAxis<int> kernel)
    {
        AxisSpec uncut = arguments.Uncut(axis, lengths, kernel);
        int outputPadding = arguments.OutputPadding[axis];
        Refusal.Unless(
            outputPadding < uncut.Stride,
            nameof(outputPadding),
            axis,
            outputPadding,
            $"it must be less than stride, {uncut.Stride}");
    }

    private static void RequirePositive(
        string argument, ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> positive, string rule)
    {
        foreach (nint length in positive)
        {
            Require(length >= 1, argument, lengths, rule);
            Require(length <= int.MaxValue, argument, lengths, "each length must fit in 32 bits");
        }
    }
}
