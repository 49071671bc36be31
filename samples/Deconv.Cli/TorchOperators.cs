using System.Numerics.Tensors;
using F = Deconv.Torch.Functional;

namespace Deconv.Samples.Cli;

/// <summary>torch's operator, and the arguments that others have from it.</summary>
internal static class TorchOperators
{
    public const string StrideMeaning = "Distance between the products of neighbouring inputs, default 1";
    public const string DilationMeaning = "Distance between neighbouring kernel elements, default 1";

    public static OperatorOption Stride { get; } = OperatorOption.Pair("--stride", StrideMeaning);

    public static OperatorOption Padding { get; } =
        OperatorOption.Pair("--padding", "Rows and columns cut off at each side of the full result, default 0");

    public static OperatorOption OutputPadding { get; } =
        OperatorOption.Pair("--output-padding", "Rows and columns added at the bottom and the right, default 0");

    public static OperatorOption Groups { get; } =
        OperatorOption.Integer("--groups", "Number of groups that channels are split into, default 1.");

    public static OperatorOption Dilation { get; } = OperatorOption.Pair("--dilation", DilationMeaning);

    public static Operator ConvTranspose2d { get; } = new Called
    {
        Name = "torch.conv_transpose2d",
        Summary = "torch.nn.functional.conv_transpose2d",
        Options = [Stride, Padding, OutputPadding, Groups, Dilation],
    };

    private sealed class Called : Operator
    {
        public override Tensor<T> Call<T>(
            Tensor<T> input, Tensor<T> weight, Tensor<T>? bias, OperatorArguments arguments, Engine engine) =>
            F.ConvTranspose2d(
                input,
                weight,
                bias,
                arguments.Pair(Stride),
                arguments.Pair(Padding),
                arguments.Pair(OutputPadding),
                arguments.Number(Groups) ?? 1,
                arguments.Pair(Dilation),
                engine);
    }
}
