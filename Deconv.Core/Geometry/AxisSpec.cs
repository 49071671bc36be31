namespace Deconv.Geometry;

/// <summary>
/// What is asked on one axis: the window of <see cref="Output"/> coordinates that starts
/// <see cref="Crop"/> coordinates into the natural canvas of a transposed convolution. The window
/// may end before or after the canvas does; what lies past it holds no product, only the bias.
/// </summary>
internal readonly record struct AxisSpec
{
    public required int Input { get; init; }

    public required int Kernel { get; init; }

    public required int Stride { get; init; }

    public required int Dilation { get; init; }

    public required int Crop { get; init; }

    public required int Output { get; init; }

    /// <summary>Length of the kernel with its holes: dilation * (kernel - 1) + 1.</summary>
    public long KernelExtent => (long)Dilation * (Kernel - 1) + 1;

    /// <summary>Length of the uncropped canvas: (input - 1) * stride + kernel extent.</summary>
    public long NaturalLength => (long)(Input - 1) * Stride + KernelExtent;

    /// <summary>
    /// Refuses lengths and steps that describe no convolution; <see cref="Crop"/> and
    /// <see cref="Output"/>, which front-ends derive from the natural length, are left alone.
    /// </summary>
    public void RequireNatural(Axis axis)
    {
        Refusal.Unless(Stride >= 1, "stride", axis, Stride, "it must be at least 1");
        Refusal.Unless(Dilation >= 1, "dilation", axis, Dilation, "it must be at least 1");
        Refusal.Unless(Kernel >= 1, "weight", axis, Kernel, "a kernel has at least 1 element");
        Refusal.Unless(Input >= 1, "input", axis, Input, "only the batch may be empty");
    }

    /// <summary>Refuses an axis that cannot be computed.</summary>
    public void Require(Axis axis)
    {
        RequireNatural(axis);
        Refusal.Unless(Crop >= 0, "padding", axis, Crop, "it must not be negative");
        Refusal.Unless(Output >= 1, "output", axis, Output, "its length must be at least 1");
    }
}
