using System.Numerics.Tensors;
using Deconv.Frontends.Torch;
using Deconv.Geometry;
using Deconv.Runtime;

namespace Deconv.Frontends;

/// <summary>
/// What a module's constructor fixes: channels, kernel and the arguments of the function. Only one
/// that some input can be given to is made; its parameters are named as the constructors' are.
/// </summary>
internal sealed record ModuleShape
{
    public ModuleShape(
        int inChannels, int outChannels, PerAxis<int> kernelSize, ConvTranspose2dArguments arguments)
    {
        int groups = arguments.Groups;
        Refusal.Unless(groups >= 1, nameof(groups), groups, "it must be at least 1");
        RequireChannels(nameof(inChannels), inChannels, groups);
        RequireChannels(nameof(outChannels), outChannels, groups);
        InChannels = inChannels;
        OutChannels = outChannels;
        KernelSize = kernelSize;
        Arguments = arguments;

        PerAxis<int> leastInput = 1;
        _ = PerAxis.From(axis =>
        {
            Refusal.Unless(
                kernelSize[axis] >= 1, nameof(kernelSize), axis, kernelSize[axis], "it must be at least 1");
            return arguments.Uncut(axis, leastInput, kernelSize);
        });
        Int128 weightCount = (Int128)inChannels * GroupOutChannels * kernelSize.Height * kernelSize.Width;
        if (weightCount > Array.MaxLength)
        {
            Refusal.Throw(
                nameof(kernelSize),
                $"{kernelSize}",
                $"with {inChannels} and {outChannels} channels in {groups} groups the weight would "
                + $"have {weightCount} elements: an array holds at most {Array.MaxLength}");
        }
    }

    public int InChannels { get; }

    public int OutChannels { get; }

    public PerAxis<int> KernelSize { get; }

    public ConvTranspose2dArguments Arguments { get; }

    public int GroupInChannels => InChannels / Arguments.Groups;

    public int GroupOutChannels => OutChannels / Arguments.Groups;

    /// <summary>Refuses a weight or bias that is set and has not the lengths of the module's.</summary>
    public static void RequireLengths<T>(Tensor<T> value, string tensor, ReadOnlySpan<nint> lengths)
    {
        if (!value.Lengths.SequenceEqual(lengths))
        {
            Refusal.Throw(
                nameof(value),
                TensorLengths.Text(value.Lengths),
                $"the module's {tensor} is {TensorLengths.Text(lengths)}");
        }
    }

    private static void RequireChannels(string argument, int channels, int groups)
    {
        Refusal.Unless(channels >= 1, argument, channels, "it must be at least 1");
        Refusal.Unless(
            channels % groups == 0, argument, channels, $"it must be divisible by groups, {groups}");
    }
}
