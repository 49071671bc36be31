namespace Deconv.Kernels.Problem;

/// <summary>What of a convolution decides how its weight is packed; equal values, equal packing.</summary>
internal readonly record struct WeightProblem
{
    public required ElementType Element { get; init; }

    public required TensorLayout Layout { get; init; }

    public required int Groups { get; init; }

    public required int InputChannels { get; init; }

    public required int OutputChannels { get; init; }

    public required WeightAxis Height { get; init; }

    public required WeightAxis Width { get; init; }

    public int GroupInputChannels => InputChannels / Groups;

    public int GroupOutputChannels => OutputChannels / Groups;

    public TensorStrides Strides =>
        TensorStrides.Of(Layout, GroupOutputChannels, Height.KernelLength, Width.KernelLength);
}

/// <summary>
/// One axis of a weight: taps <see cref="TapStep"/> apart serve the same outputs, so that the first
/// <see cref="TapStep"/> taps start a residue class each.
/// </summary>
internal readonly record struct WeightAxis(int KernelLength, int TapStep)
{
    /// <summary>Number of residue classes that have taps.</summary>
    public int Classes => Math.Min(KernelLength, TapStep);

    /// <summary>Number of taps of a class.</summary>
    public int TapsOf(int residue) => (KernelLength - residue - 1) / TapStep + 1;
}
