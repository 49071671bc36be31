using System.Collections.Immutable;
using Deconv.Geometry;

namespace Deconv.Tests.Oracles;

/// <summary>A transposed convolution with its data, as oracles and kernels both take it.</summary>
internal sealed record ConvTransposeCase(
    ConvTransposeSpec Spec,
    ImmutableArray<float> Input,
    ImmutableArray<float> Weight,
    ImmutableArray<float>? Bias)
{
    public int GroupInputChannels => Spec.InputChannels / Spec.Groups;

    public int GroupOutputChannels => Spec.OutputChannels / Spec.Groups;
}
