using Deconv.Geometry;
using Deconv.Runtime;

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
        string asked = TensorLengths.Text(outputSize);
        if (outputSize.Length != SpatialRank && outputSize.Length != input.Length)
        {
            Refusal.Throw(
                nameof(outputSize),
                asked,
                $"an input of {input.Length} dimensions takes {SpatialRank} values, height and "
                + $"width, or {input.Length}, the whole shape");
        }

        PerAxis<nint> size = (outputSize[^2], outputSize[^1]);
        PerAxis<int> lengths = ((int)input[^2], (int)input[^1]);
        PerAxis<long> least = PerAxis.From(axis =>
            arguments.Uncut(axis, lengths, kernel).NaturalLength - 2L * arguments.Padding[axis]);
        PerAxis<long> most = PerAxis.From(axis => least[axis] + arguments.Stride[axis] - 1);
        return arguments with
        {
            OutputPadding = PerAxis.From(axis =>
            {
                if (size[axis] < least[axis] || size[axis] > most[axis])
                {
                    Refusal.Throw(
                        nameof(outputSize),
                        asked,
                        $"for an input of height and width {lengths} they must be from {least} to {most}");
                }

                return (int)(size[axis] - least[axis]);
            }),
        };
    }
}
