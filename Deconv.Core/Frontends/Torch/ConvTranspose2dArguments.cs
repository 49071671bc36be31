using Deconv.Geometry;

namespace Deconv.Frontends.Torch;

/// <summary>
/// The arguments of conv_transpose2d that are not tensors, with torch's defaults, and the window
/// that they cut out of the canvas: <c>padding</c> off each side, then the output padding on.
/// </summary>
internal readonly record struct ConvTranspose2dArguments
{
    public ConvTranspose2dArguments(
        PerAxis<int>? stride,
        PerAxis<int>? padding,
        PerAxis<int>? outputPadding,
        int groups,
        PerAxis<int>? dilation)
    {
        Stride = stride ?? 1;
        Padding = padding ?? 0;
        OutputPadding = outputPadding ?? 0;
        Groups = groups;
        Dilation = dilation ?? 1;
    }

    public PerAxis<int> Stride { get; }

    public PerAxis<int> Padding { get; }

    public PerAxis<int> OutputPadding { get; init; }

    public int Groups { get; }

    public PerAxis<int> Dilation { get; }

    /// <summary>An axis whose window is not cut yet; refuses values that describe none.</summary>
    public AxisSpec Uncut(Axis axis, PerAxis<int> input, PerAxis<int> kernel)
    {
        var uncut = new AxisSpec
        {
            Input = input[axis],
            Kernel = kernel[axis],
            Stride = Stride[axis],
            Dilation = Dilation[axis],
            Crop = Padding[axis],
            Output = 0,
        };
        uncut.RequireNatural(axis);
        Refusal.Unless(Padding[axis] >= 0, "padding", axis, Padding[axis], "it must not be negative");
        Refusal.Unless(
            OutputPadding[axis] >= 0, "outputPadding", axis, OutputPadding[axis], "it must not be negative");
        return uncut;
    }

    /// <summary>The window of <paramref name="uncut"/>; refuses one that is empty or too long.</summary>
    public AxisSpec Cut(Axis axis, AxisSpec uncut)
    {
        long output = uncut.NaturalLength - 2L * Padding[axis] + OutputPadding[axis];
        if (output is < 1 or > int.MaxValue)
        {
            Refusal.Throw(
                "padding",
                $"{Padding[axis]} on the {axis.Name()} axis",
                $"the result of input {uncut.Input}, kernel {uncut.Kernel}, stride {uncut.Stride}, "
                + $"dilation {uncut.Dilation} and output padding {OutputPadding[axis]} would have "
                + $"{output} elements there: it must have at least 1 and at most {int.MaxValue}");
        }

        return uncut with { Output = (int)output };
    }
}
