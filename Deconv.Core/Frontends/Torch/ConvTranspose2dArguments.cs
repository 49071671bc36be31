namespace Deconv.Frontends.Torch;

/// <summary>The arguments of conv_transpose2d that are not tensors, with torch's defaults.</summary>
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

    public PerAxis<int> OutputPadding { get; }

    public int Groups { get; }

    public PerAxis<int> Dilation { get; }
}
