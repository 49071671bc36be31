using Deconv.Geometry;
using Deconv.Kernels.Problem;
using Deconv.MindSpore;
using Deconv.Operators;
using Deconv.Runtime;
using static Deconv.Frontends.LengthRules;

namespace Deconv.Frontends.MindSpore;

/// <summary>Checks a call of MindSpore's Conv2DTranspose and translates it.</summary>
internal static class Conv2DTransposeRules
{
    private const int Rank = 4;

    /// <param name="dout">Lengths of the operator's input.</param>
    /// <param name="weight">Lengths of the weight.</param>
    /// <param name="inputSize">The lengths wanted of the result.</param>
    /// <param name="arguments">The constructor's arguments.</param>
    public static ConvTransposeCall Translate(
        ReadOnlySpan<nint> dout,
        ReadOnlySpan<nint> weight,
        IntTuple inputSize,
        Conv2DTransposeArguments arguments)
    {
        RequireLengths(dout, weight, inputSize, arguments.Layout);
        ReadOnlySpan<nint> outputLengths = [inputSize[0], inputSize[1], inputSize[2], inputSize[3]];
        LayoutLengths input = LayoutLengths.Of(arguments.Layout, dout);
        LayoutLengths kernel = LayoutLengths.Of(arguments.Layout, weight);
        LayoutLengths output = LayoutLengths.Of(arguments.Layout, outputLengths);
        RequireChannels(dout, weight, arguments.Group, input, kernel);
        Require(
            arguments.Pads is not null || kernel.Spatial == arguments.KernelSize,
            nameof(weight),
            weight,
            $"in pad mode 'same' its kernel must be of kernelSize, {arguments.KernelSize}");
        TupleRules.Require(
            output.Outermost == input.Outermost,
            nameof(inputSize),
            inputSize,
            $"its batch must be that of dout, {input.Outermost}");
        long channels = (long)kernel.Channels * arguments.Group;
        TupleRules.Require(
            output.Channels == channels,
            nameof(inputSize),
            inputSize,
            $"its channels must be those of the weight times group, {channels}");

        var spec = new ConvTransposeSpec
        {
            Layout = arguments.Layout,
            Batch = input.Outermost,
            InputChannels = input.Channels,
            OutputChannels = output.Channels,
            Groups = arguments.Group,
            HasBias = false,
            Axes = (
                TranslateAxis(Axis.Height, arguments, input, kernel, output, inputSize),
                TranslateAxis(Axis.Width, arguments, input, kernel, output, inputSize)),
        };
        _ = TensorLengths.Count<float>(outputLengths, nameof(inputSize));
        return new ConvTransposeCall(spec, IsBatched: true);
    }

    private static void RequireLengths(
        ReadOnlySpan<nint> dout, ReadOnlySpan<nint> weight, IntTuple inputSize, TensorLayout layout)
    {
        bool isChannelsFirst = layout == TensorLayout.ChannelsFirst;
        Require(
            dout.Length == Rank,
            nameof(dout),
            dout,
            isChannelsFirst ? "it must be (N, C_dout, H, W)" : "it must be (N, H, W, C_dout)");
        Require(
            weight.Length == Rank,
            nameof(weight),
            weight,
            isChannelsFirst
                ? "it must be (C_dout, C_result / group, kH, kW)"
                : "it must be (C_dout, kH, kW, C_result / group)");
        TupleRules.Require(
            inputSize.Length == Rank,
            nameof(inputSize),
            inputSize,
            isChannelsFirst ? "it must be (N, C_result, H, W)" : "it must be (N, H, W, C_result)");
        RequireInt32(nameof(dout), dout);
        RequireInt32(nameof(weight), weight);
        foreach (nint length in dout[1..])
            Require(length >= 1, nameof(dout), dout, "only the batch may be empty");
        RequirePositive(nameof(weight), weight);
    }

    private static void RequireChannels(
        ReadOnlySpan<nint> dout,
        ReadOnlySpan<nint> weight,
        int group,
        LayoutLengths input,
        LayoutLengths kernel)
    {
        Require(
            kernel.Outermost % group == 0,
            nameof(weight),
            weight,
            $"its first length must be a multiple of group, {group}");
        Require(
            input.Channels == kernel.Outermost,
            nameof(dout),
            dout,
            $"the weight {TensorLengths.Text(weight)} wants {kernel.Outermost} channels");
    }

    /// <summary>
    /// A result is legal if a convolution of it has dout's length: floor((output - kernel extent
    /// + pads) / stride) + 1. In mode same, the pads are what is missing to that, if anything is.
    /// </summary>
    private static AxisSpec TranslateAxis(
        Axis axis,
        Conv2DTransposeArguments arguments,
        LayoutLengths input,
        LayoutLengths kernel,
        LayoutLengths output,
        IntTuple inputSize)
    {
        var uncropped = new AxisSpec
        {
            Input = input.Spatial[axis],
            Kernel = kernel.Spatial[axis],
            Stride = arguments.Stride[axis],
            Dilation = arguments.Dilation[axis],
            Crop = 0,
            Output = output.Spatial[axis],
        };
        AxisPads? pads = arguments.Pads?[axis];
        long natural = uncropped.NaturalLength;
        (long leastCut, long mostCut) = pads is { } given
            ? ((long)given.Low + given.High, (long)given.Low + given.High)
            : (0, MostCutByHalves);
        long shortest = Math.Max(1, natural - mostCut);
        long longest = Math.Min(int.MaxValue, natural - leastCut + uncropped.Stride - 1);
        if (uncropped.Output < shortest || uncropped.Output > longest)
        {
            string convolution = $"a convolution of kernel {uncropped.Kernel}, stride "
                + $"{uncropped.Stride}, dilation {uncropped.Dilation} and "
                + (pads is { } p ? $"padding {p.Low} and {p.High}" : "padding 'same'")
                + $" gives {uncropped.Input} as in dout";
            Refusal.Throw(
                nameof(inputSize),
                $"{inputSize}",
                shortest <= longest
                    ? $"its {axis.Name()} must be from {shortest} to {longest}, so that {convolution}"
                    : $"there is no {axis.Name()} in 32 bits of which {convolution}");
        }

        long missing = Math.Max(0, natural - uncropped.Output);
        return uncropped with { Crop = pads?.Low ?? (int)(missing / 2) };
    }

    /// <summary>Half of it, rounded down, is the longest crop.</summary>
    private const long MostCutByHalves = 2L * int.MaxValue + 1;
}
