using Deconv.Geometry;
using Deconv.Runtime;

namespace Deconv.Operators;

/// <summary>
/// What a front-end makes of a call that its framework accepts: the descriptor, and the lengths of
/// the result in the framework's order.
/// </summary>
internal sealed record ConvTransposeCall(ConvTransposeSpec Spec, nint[] OutputLengths)
{
    /// <summary>Refuses a tensor of the caller's that cannot hold the result.</summary>
    public void RequireOutput(ReadOnlySpan<nint> output)
    {
        if (!output.SequenceEqual(OutputLengths))
        {
            Refusal.Throw(
                nameof(output),
                TensorLengths.Text(output),
                $"the result is {TensorLengths.Text(OutputLengths)}");
        }
    }
}
