using Deconv.Geometry;
using Deconv.Operators;
using Deconv.Runtime;
using static Deconv.Frontends.LengthRules;

namespace Deconv.Frontends.Torch;

/// <summary>
/// Checks a call of torch's conv_transpose2d by the rules of torch 2.10's CPU path and translates it.
/// </summary>
internal static class ConvTranspose2dRules
{
    private const int BatchedRank = 4;
    private const int UnbatchedRank = 3;

    /// <param name="input">Lengths of the input.</param>
    /// <param name="weight">Lengths of the weight.</param>
    /// <param name="hasBias">Whether there is a bias.</param>
    /// <param name="bias">Lengths of the bias, if there is one.</param>
    /// <param name="arguments">The other arguments.</param>
    public static ConvTransposeCall Translate(
        ReadOnlySpan<nint> input,
        ReadOnlySpan<nint> weight,
        bool hasBias,
        ReadOnlySpan<nint> bias,
        ConvTranspose2dArguments arguments)
    {
        bool isBatched = IsBatched(input);
        Require(
            weight.Length == BatchedRank,
            nameof(weight),
            weight,
            "it must be (C_in, C_out / groups, kH, kW)");
        RequireInt32(nameof(weight), weight);

        int groups = arguments.Groups;
        Refusal.Unless(groups >= 1, nameof(groups), groups, "it must be at least 1");
        Require(
            weight[0] >= groups && weight[0] % groups == 0,
            nameof(weight),
            weight,
            $"its first length must be a multiple of groups, {groups}, and not 0");
        Require(weight[1] >= 1, nameof(weight), weight, "it must have output channels");
        long outputChannels = (long)weight[1] * groups;
        Require(
            outputChannels <= int.MaxValue,
            nameof(weight),
            weight,
            $"its output channels, times groups, {groups}, must fit in 32 bits");
        ReadOnlySpan<nint> sample = isBatched ? input[1..] : input;
        Require(
            sample[0] == weight[0],
            nameof(input),
            input,
            $"the weight {TensorLengths.Text(weight)} wants {weight[0]} channels");
        Require(
            !hasBias || (bias.Length == 1 && bias[0] == outputChannels),
            nameof(bias),
            bias,
            $"it must be one-dimensional with {outputChannels} elements");

        int batch = isBatched ? (int)input[0] : 1;
        PerAxis<int> lengths = ((int)sample[1], (int)sample[2]);
        PerAxis<int> kernel = ((int)weight[2], (int)weight[3]);
        var spec = new ConvTransposeSpec
        {
            Batch = batch,
            InputChannels = (int)sample[0],
            OutputChannels = (int)outputChannels,
            Groups = groups,
            HasBias = hasBias,
            Axes = (
                Cut(Axis.Height, arguments, lengths, kernel, batch == 0),
                Cut(Axis.Width, arguments, lengths, kernel, batch == 0)),
        };

        var call = new ConvTransposeCall(spec, isBatched);
        InlineLengths output = call.OutputLengths;
        _ = TensorLengths.Count<float>(output.AsSpan(), nameof(output));
        return call;
    }

    /// <summary>Whether the input has a batch; refuses one that is neither with nor without.</summary>
    public static bool IsBatched(ReadOnlySpan<nint> input)
    {
        Require(
            input.Length is BatchedRank or UnbatchedRank,
            nameof(input),
            input,
            "it must be (N, C_in, H, W) or, unbatched, (C_in, H, W)");
        RequireInt32(nameof(input), input);
        return input.Length == BatchedRank;
    }

    private static AxisSpec Cut(
        Axis axis,
        ConvTranspose2dArguments arguments,
        PerAxis<int> lengths,
        PerAxis<int> kernel,
        bool isEmptyBatch)
    {
        AxisSpec uncut = arguments.Uncut(axis, lengths, kernel);
        int outputPadding = arguments.OutputPadding[axis];

        // torch allocates an empty batch's result before it looks at the output padding.
        Refusal.Unless(
            isEmptyBatch || outputPadding < Math.Max(uncut.Stride, uncut.Dilation),
            nameof(outputPadding),
            axis,
            outputPadding,
            $"it must be less than stride, {uncut.Stride}, or dilation, {uncut.Dilation}, there "
            + $"(output padding {arguments.OutputPadding}, stride {arguments.Stride}, dilation "
            + $"{arguments.Dilation})");
        return arguments.Cut(axis, uncut);
    }
}
