using Deconv.Frontends.Torch;
using Deconv.Operators;
using static Deconv.Frontends.LengthRules;

namespace Deconv.Frontends.MindSpore;

/// <summary>
/// mint's conv_transpose2d is made after torch's, and its rules are torch's with one more: no
/// length is 0, the batch's included.
/// </summary>
internal static class MintConvTranspose2dRules
{
    public const string Operator = "mindspore.mint.nn.functional.conv_transpose2d";

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
        RequirePositive(nameof(input), input);
        RequirePositive(nameof(weight), weight);
        return ConvTranspose2dRules.Translate(input, weight, hasBias, bias, arguments);
    }
}
