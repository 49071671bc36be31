using Deconv.Geometry;
using static Deconv.Frontends.LengthRules;

namespace Deconv.Frontends.Torch;

/// <summary>The output_size of torch's modules: a result's size instead of an output padding.</summary>
internal static class OutputSize
{
    private const int SpatialRank = 2;

    /// <summary>The arguments that give the size; as they are where none is asked for.</summary>
    /// <param name="outputSize">Height and width, or a whole shape, whose last two count; or empty.</param>
    /// <param name="input">Lengths of the input.</param>
    /// <param name="kernel">Lengths of the kernel.</param>
    /// <param name="arguments">The arguments; their output padding plays no part.</param>
    public static ConvTranspose2dArguments Apply(
        ReadOnlySpan<nint> outputSize,
        ReadOnlySpan<nint> input,
        PerAxis<int> kernel,
        ConvTranspose2dArguments arguments)
    {
        if (outputSize.IsEmpty)
            return arguments;
        _ = ConvTranspose2dRules.IsBatched(input);
        Require(
            outputSize.Length == SpatialRank || outputSize.Length == input.Length,
            nameof(outputSize),
            outputSize,
            $"an input of {input.Length} dimensions takes {SpatialRank} values, height and "
            + $"width, or {input.Length}, the whole shape");

        PerAxis<nint> size = (outputSize[^2], outputSize[^1]);
        PerAxis<int> lengths = ((int)input[^2], (int)input[^1]);
        PerAxis<long> least = (
            Least(Axis.Height, arguments, lengths, kernel), Least(Axis.Width, arguments, lengths, kernel));
        PerAxis<long> most = (
            least.Height + arguments.Stride.Height - 1, least.Width + arguments.Stride.Width - 1);
        Require(
            size.Height >= least.Height && size.Height <= most.Height
                && size.Width >= least.Width && size.Width <= most.Width,
            nameof(outputSize),
            outputSize,
            $"for an input of height and width {lengths} they must be from {least} to {most}");
        return arguments with
        {
            OutputPadding = ((int)(size.Height - least.Height), (int)(size.Width - least.Width)),
        };
    }

    /// <summary>The size that output padding 0 gives.</summary>
    private static long Least(
        Axis axis, ConvTranspose2dArguments arguments, PerAxis<int> lengths, PerAxis<int> kernel) =>
        arguments.Uncut(axis, lengths, kernel).NaturalLength - 2L * arguments.Padding[axis];
}
