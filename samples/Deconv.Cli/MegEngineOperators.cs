using System.Numerics.Tensors;
using F = Deconv.MegEngine.Functional;

namespace Deconv.Samples.Cli;

/// <summary>MegEngine's operator: torch's arguments, and two modes.</summary>
internal static class MegEngineOperators
{
    private static readonly OperatorOption ConvMode =
        OperatorOption.Text("--conv-mode", "cross_correlation, the default and the only one.");

    private static readonly OperatorOption ComputeMode =
        OperatorOption.Text("--compute-mode", "default, or float32 for 16-bit elements: what sums are kept in.");

    public static Operator ConvTranspose2d { get; } = new Called
    {
        Name = "megengine.ConvTranspose2d",
        Summary = "megengine.functional.conv_transpose2d, which megengine.module.ConvTranspose2d calls",
        InputParameter = "inp",
        Options = [.. TorchOperators.ConvTranspose2d.Options, ConvMode, ComputeMode],
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
                arguments.Pair(TorchOperators.Dilation),
                arguments.Number(TorchOperators.Groups) ?? 1,
                arguments.Text(ConvMode) ?? "cross_correlation",
                arguments.Text(ComputeMode) ?? "default",
                engine);
    }
}
