using Deconv.Geometry;
using Deconv.Kernels.Problem;
using Deconv.Runtime;

namespace Deconv.Operators;

/// <summary>
/// What a front-end makes of a call that its framework accepts: the descriptor, and whether the
/// result has a dimension for the batch.
/// </summary>
internal readonly record struct ConvTransposeCall(ConvTransposeSpec Spec, bool IsBatched)
{
    /// <summary>The same call with what its operator was told about numbers; null for the engine's options.</summary>
    public ConvTransposeCall With(NumericsOptions? numerics) => this with { Spec = Spec with { Numerics = numerics } };

    /// <summary>The lengths of the result, in the order of the layout.</summary>
    public InlineLengths OutputLengths
    {
        get
        {
            (nint height, nint width) = (Spec.Axes.Height.Output, Spec.Axes.Width.Output);
            ReadOnlySpan<nint> batched = Spec.Layout == TensorLayout.ChannelsFirst
                ? [Spec.Batch, Spec.OutputChannels, height, width]
                : [Spec.Batch, height, width, Spec.OutputChannels];
            return new(IsBatched ? batched : batched[1..]);
        }
    }

    /// <summary>Refuses a tensor of the caller's that cannot hold the result.</summary>
    public void RequireOutput(ReadOnlySpan<nint> output)
    {
        InlineLengths lengths = OutputLengths;
        if (!output.SequenceEqual(lengths.AsSpan()))
        {
            Refusal.Throw(
                nameof(output),
                TensorLengths.Text(output),
                $"the result is {TensorLengths.Text(lengths.AsSpan())}");
        }
    }
}
