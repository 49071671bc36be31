namespace Deconv.Samples.Cli;

/// <summary>The arrays of one call, of one type.</summary>
internal sealed record Operands(NpyArray Input, NpyArray Weight, NpyArray? Bias)
{
    public Dtype Dtype => Input.Dtype;
}
