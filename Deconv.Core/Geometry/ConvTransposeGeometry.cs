namespace Deconv.Geometry;

/// <summary>A transposed convolution that can be computed: validated, counted, split in phases.</summary>
internal sealed class ConvTransposeGeometry
{
    /// <summary>Validates and resolves <paramref name="spec"/>.</summary>
    /// <exception cref="ArgumentException">
    /// A value breaks its rule; the message names argument, value and rule.
    /// </exception>
    public ConvTransposeGeometry(ConvTransposeSpec spec)
    {
        Refusal.Unless(spec.Batch >= 0, "input", spec.Batch, "a batch has no negative size");
        Refusal.Unless(spec.Groups >= 1, "groups", spec.Groups, "it must be at least 1");
        RequireChannels("input channels", spec.InputChannels, spec.Groups);
        RequireChannels("output channels", spec.OutputChannels, spec.Groups);
        Spec = spec;
        Axes = PerAxis.From(axis => new AxisGeometry(spec.Axes[axis], axis));

        (AxisSpec height, AxisSpec width) = (spec.Axes.Height, spec.Axes.Width);
        InputCount = Count("input", spec.Batch, spec.InputChannels, height.Input, width.Input);
        WeightCount = Count(
            "weight", spec.InputChannels, spec.OutputChannels / spec.Groups, height.Kernel, width.Kernel);
        OutputCount = Count("output", spec.Batch, spec.OutputChannels, height.Output, width.Output);
    }

    public ConvTransposeSpec Spec { get; }

    public PerAxis<AxisGeometry> Axes { get; }

    public long InputCount { get; }

    public long WeightCount { get; }

    public long OutputCount { get; }

    private static void RequireChannels(string argument, int channels, int groups)
    {
        Refusal.Unless(channels >= 1, argument, channels, "there must be at least 1");
        Refusal.Unless(
            channels % groups == 0, argument, channels, $"it must be divisible by groups, {groups}");
    }

    private static long Count(string argument, int d0, int d1, int d2, int d3)
    {
        try
        {
            // The size in bytes must fit too, whatever the element type is.
            long count = checked((long)d0 * d1 * d2 * d3);
            _ = checked(count * MaxElementSize);
            return count;
        }
        catch (OverflowException)
        {
            Refusal.Throw(argument, $"[{d0}, {d1}, {d2}, {d3}]", "its size must fit in 64 bits");
            throw;
        }
    }

    private const int MaxElementSize = 16;
}
