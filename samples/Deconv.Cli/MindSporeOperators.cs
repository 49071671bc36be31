using System.Numerics.Tensors;
using Deconv.MindSpore;
using Deconv.MindSpore.Ops;

namespace Deconv.Samples.Cli;

/// <summary>MindSpore's primitive: the input is its dout, and the result has the size that it is told.</summary>
internal static class MindSporeOperators
{
    private static readonly OperatorOption OutChannel =
        OperatorOption.Integer("--out-channel", "Channels of the input, which is the gradient dout.") with
        {
            IsRequired = true,
        };

    private static readonly OperatorOption KernelSize =
        OperatorOption.Pair("--kernel-size", "Size of the kernel") with { IsRequired = true };

    private static readonly OperatorOption PadMode =
        OperatorOption.Text("--pad-mode", "valid (the default), same or pad.");

    private static readonly OperatorOption Pad = new(
        "--pad", "Rows and columns cut off in pad mode, default 0; one number, or top,bottom,left,right.", [1, 4]);

    private static readonly OperatorOption PadList = new(
        "--pad-list", "Rows and columns cut off, whatever the pad mode: top,bottom,left,right.", [4]);

    private static readonly OperatorOption Mode =
        OperatorOption.Integer("--mode", "1, the default and the only one.");

    private static readonly OperatorOption Stride = new(
        "--stride", $"{TorchOperators.StrideMeaning}; one number, height,width or 1,1,height,width.", [1, 2, 4]);

    private static readonly OperatorOption Dilation = new(
        "--dilation", $"{TorchOperators.DilationMeaning}; one number, height,width or 1,1,height,width.", [1, 2, 4]);

    private static readonly OperatorOption Group =
        OperatorOption.Integer("--group", "Number of groups that channels are split into, default 1.");

    private static readonly OperatorOption DataFormat =
        OperatorOption.Text("--data-format", "NCHW (the default) or NHWC, of input, weight and result.");

    private static readonly OperatorOption InputSize = new(
        "--input-size", "Lengths of the result: four numbers, in the order of --data-format.", [4])
    {
        IsRequired = true,
    };

    public static Operator Conv2DTranspose { get; } = new Called
    {
        Name = "mindspore.ops.Conv2DTranspose",
        Summary = "the primitive mindspore.ops.Conv2DTranspose, also known as Conv2DBackpropInput",
        InputParameter = "dout",
        TakesBias = false,
        Options =
        [
            OutChannel, KernelSize, PadMode, Pad, PadList, Mode, Stride, Dilation, Group, DataFormat, InputSize,
        ],
    };

    private static IntTuple? Tuple(OperatorArguments arguments, OperatorOption option) =>
        arguments.Numbers(option) is int[] numbers ? [.. numbers] : null;

    private sealed class Called : Operator
    {
        public override Tensor<T> Call<T>(
            Tensor<T> input, Tensor<T> weight, Tensor<T>? bias, OperatorArguments arguments, Engine engine) =>
            new Conv2DTranspose(
                arguments.Number(OutChannel)!.Value,
                Tuple(arguments, KernelSize)!.Value,
                arguments.Text(PadMode) ?? "valid",
                Tuple(arguments, Pad),
                Tuple(arguments, PadList),
                arguments.Number(Mode) ?? 1,
                Tuple(arguments, Stride),
                Tuple(arguments, Dilation),
                arguments.Number(Group) ?? 1,
                arguments.Text(DataFormat) ?? "NCHW").Call(
                    input, weight, Tuple(arguments, InputSize)!.Value, engine);
    }
}
