namespace Deconv;

/// <summary>
/// What a call may do with numbers, given to an <see cref="Engine"/> for all of its calls or to one operator
/// for its own. The default allows nothing that loses accuracy, and asks for nothing.
/// </summary>
/// <remarks>
/// Whatever is chosen here, elements of sixteen bits are summed up in float32 and rounded once, bias
/// included; float64 is summed up in float64. <see cref="Engine.LastCall"/> tells what a call did.
/// </remarks>
public readonly record struct NumericsOptions
{
    /// <summary>
    /// Whether float32 inputs and weights may be rounded to TensorFloat32, with 10 bits of fraction instead
    /// of 23, before they are multiplied, where that is faster; sums stay float32. Default false. It is
    /// <c>torch.backends.cudnn.allow_tf32</c> (torch 2.10), which is true by default. A variant that is
    /// named does what its name says without it.
    /// </summary>
    public bool AllowTensorFloat32 { get; init; }

    /// <summary>
    /// Whether a result must be the same bits from run to run, and those of a sample the same in every
    /// batch, on one accelerator; as <c>torch.use_deterministic_algorithms</c>. Default false. All
    /// variants keep to it so far; one that does not is then refused, named or not. The variant is chosen by
    /// estimates for one sample, never by an <see cref="Autotuner"/>'s measurements: another batch may have
    /// another fastest variant, whose sums are rounded otherwise.
    /// </summary>
    public bool Deterministic { get; init; }
}
