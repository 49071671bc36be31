using System.Numerics.Tensors;
using F = Deconv.MindSpore.Mint.NN.Functional;

namespace Deconv.Samples.Cli;

/// <summary>MindSpore's mint, whose operator has torch's arguments.</summary>
internal static class MintOperators
{
    public static Operator ConvTranspose2d { get; } = new Called
    {
        Name = "mindspore.mint.conv_transpose2d",
        Summary = "mindspore.mint.nn.functional.conv_transpose2d",
        Options = TorchOperators.ConvTranspose2d.Options,
    };

    private sealed class Called : Operator
    {
        public override Tensor<T> Call<T>(
            Tensor<T> input, Tensor<T> weight, Tensor<T>? bias, OperatorArguments arguments, Engine engine) =>
            F.ConvTranspose2d(
                input,
                weight,
                bias,
                arguments.Pair(TorchOperators.Stride),
                arguments.Pair(TorchOperators.Padding),
                arguments.Pair(TorchOperators.OutputPadding),
                arguments.Number(TorchOperators.Groups) ?? 1,
                arguments.Pair(TorchOperators.Dilation),
                engine);
    }
}
