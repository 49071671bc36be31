using System.Numerics.Tensors;
using Deconv.Frontends.Torch;
using Deconv.Operators;
using Rules = Deconv.Frontends.MegEngine.ConvTranspose2dRules;

namespace Deconv.MegEngine;

/// <summary>
/// Operators of <c>megengine.functional</c> (2024-10) under their names in .NET casing, with their
/// argument order and defaults. Mind that <c>dilation</c> comes before <c>groups</c>: torch has
/// them the other way round.
/// </summary>
public static class Functional
{
    /// <summary>
    /// Transposed 2-D convolution as <c>megengine.functional.conv_transpose2d</c>, on host tensors.
    /// </summary>
    /// <typeparam name="T">
    /// The type of all elements: float, double, <see cref="Half"/> or <see cref="BFloat16"/>.
    /// </typeparam>
    /// <param name="inp">(N, C_in, H, W), or (C_in, H, W) without a batch; N may be 0.</param>
    /// <param name="weight">
    /// (C_in, C_out, kH, kW); with more than one group
    /// (groups, C_in / groups, C_out / groups, kH, kW).
    /// </param>
    /// <param name="bias">(1, C_out, 1, 1), whatever the rank of the input; null for none.</param>
    /// <param name="stride">Distance between the products of neighbouring inputs; default 1.</param>
    /// <param name="padding">
    /// Number of rows and columns cut off at each side of the full result; default 0.
    /// </param>
    /// <param name="outputPadding">
    /// Number of rows and columns added at the bottom and the right; less than the stride; default 0.
    /// </param>
    /// <param name="dilation">Distance between neighbouring kernel elements; default 1.</param>
    /// <param name="groups">Number of groups that channels are split into; default 1.</param>
    /// <param name="convMode">Only <c>cross_correlation</c>, in any case.</param>
    /// <param name="computeMode">
    /// <c>default</c> or, for elements of 16 bits, <c>float32</c>, in any case. Both are the same
    /// here: those are summed up in float32, bias and all, and rounded once. With other elements
    /// MegEngine fails on <c>float32</c>; it is refused here as well.
    /// </param>
    /// <param name="engine">Where to compute; null for <see cref="Engine.Default"/>.</param>
    /// <param name="numerics">What the call may do with numbers; null for what its engine is told.</param>
    /// <returns>
    /// (N, C_out, H_out, W_out), without N if the input is; each extent is (in - 1) * stride
    /// - 2 * padding + dilation * (kernel - 1) + output padding + 1.
    /// </returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="inp"/>, <paramref name="weight"/> or a mode is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A rule of the parameters above is broken: rank, an empty length besides the batch, channel
    /// count, groups, bias shape, sign, output padding, a mode, or an extent of the result below
    /// 1. The message names the argument, its value and the rule.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    /// <remarks>
    /// <para>
    /// Where MegEngine's source does not do what its documentation says, the documentation holds
    /// here. An input without a batch is documented, but MegEngine's kernel takes batches only. An
    /// output padding of the width alone is ignored there, one given as a single number beside
    /// single numbers fails, and one with groups asks for a result of the wrong shape; here each of
    /// them adds to the result as documented. MegEngine broadcasts whatever bias it can; here it
    /// has its documented shape.
    /// </para>
    /// <para>
    /// A tap that would read outside the input is left out, never multiplied with zero, so NaN and
    /// infinity touch only their footprint.
    /// </para>
    /// </remarks>
    public static Tensor<T> ConvTranspose2d<T>(
        Tensor<T> inp,
        Tensor<T> weight,
        Tensor<T>? bias = null,
        PerAxis<int>? stride = null,
        PerAxis<int>? padding = null,
        PerAxis<int>? outputPadding = null,
        PerAxis<int>? dilation = null,
        int groups = 1,
        string convMode = Rules.DefaultConvMode,
        string computeMode = Rules.DefaultComputeMode,
        Engine? engine = null,
        NumericsOptions? numerics = null)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(inp);
        ArgumentNullException.ThrowIfNull(weight);
        return ConvTranspose2d(
            inp.AsReadOnlyTensorSpan(),
            weight.AsReadOnlyTensorSpan(),
            bias is null ? default : bias.AsReadOnlyTensorSpan(),
            stride,
            padding,
            outputPadding,
            dilation,
            groups,
            convMode,
            computeMode,
            engine,
            numerics);
    }

    /// <summary>
    /// Transposed 2-D convolution on views of host memory, dense or strided; see the overload on
    /// <see cref="Tensor{T}"/> for shapes, rules and exceptions.
    /// </summary>
    /// <typeparam name="T">The type of all elements.</typeparam>
    /// <param name="inp">(N, C_in, H, W) or (C_in, H, W).</param>
    /// <param name="weight">
    /// (C_in, C_out, kH, kW) or (groups, C_in / groups, C_out / groups, kH, kW).
    /// </param>
    /// <param name="bias">(1, C_out, 1, 1); <c>default</c> for none.</param>
    /// <param name="stride">Default 1.</param>
    /// <param name="padding">Default 0.</param>
    /// <param name="outputPadding">Default 0.</param>
    /// <param name="dilation">Default 1.</param>
    /// <param name="groups">Default 1.</param>
    /// <param name="convMode">Only <c>cross_correlation</c>.</param>
    /// <param name="computeMode"><c>default</c> or, for elements of 16 bits, <c>float32</c>.</param>
    /// <param name="engine">Where to compute; null for <see cref="Engine.Default"/>.</param>
    /// <param name="numerics">What the call may do with numbers; null for what its engine is told.</param>
    /// <returns>A new host tensor.</returns>
    /// <exception cref="ArgumentNullException">A mode is null.</exception>
    /// <exception cref="ArgumentException">A rule is broken.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public static Tensor<T> ConvTranspose2d<T>(
        in ReadOnlyTensorSpan<T> inp,
        in ReadOnlyTensorSpan<T> weight,
        in ReadOnlyTensorSpan<T> bias = default,
        PerAxis<int>? stride = null,
        PerAxis<int>? padding = null,
        PerAxis<int>? outputPadding = null,
        PerAxis<int>? dilation = null,
        int groups = 1,
        string convMode = Rules.DefaultConvMode,
        string computeMode = Rules.DefaultComputeMode,
        Engine? engine = null,
        NumericsOptions? numerics = null)
        where T : unmanaged
    {
        Rules.RequireModes<T>(convMode, computeMode);
        bool hasBias = bias.Rank > 0;
        var arguments = new ConvTranspose2dArguments(stride, padding, outputPadding, groups, dilation);
        ConvTransposeCall call = Rules.Translate(
            inp.Lengths, weight.Lengths, hasBias, bias.Lengths, arguments);

        return ConvTranspose.RunOnHost(engine, call.With(numerics), inp, weight, bias);
    }

    /// <summary>
    /// Transposed 2-D convolution on tensors of one engine, without copies to or from the host;
    /// see the overload on <see cref="Tensor{T}"/> for shapes and rules. Returns when the work is
    /// enqueued.
    /// </summary>
    /// <typeparam name="T">The type of all elements.</typeparam>
    /// <param name="inp">(N, C_in, H, W) or (C_in, H, W).</param>
    /// <param name="weight">
    /// (C_in, C_out, kH, kW) or (groups, C_in / groups, C_out / groups, kH, kW).
    /// </param>
    /// <param name="bias">(1, C_out, 1, 1); null for none.</param>
    /// <param name="stride">Default 1.</param>
    /// <param name="padding">Default 0.</param>
    /// <param name="outputPadding">Default 0.</param>
    /// <param name="dilation">Default 1.</param>
    /// <param name="groups">Default 1.</param>
    /// <param name="convMode">Only <c>cross_correlation</c>.</param>
    /// <param name="computeMode"><c>default</c> or, for elements of 16 bits, <c>float32</c>.</param>
    /// <param name="output">
    /// Overwritten with the result: of its shape, and in memory that no operand uses. Null: a new
    /// tensor is allocated.
    /// </param>
    /// <param name="numerics">What the call may do with numbers; null for what its engine is told.</param>
    /// <returns><paramref name="output"/>, or the new tensor, owned by the caller.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="inp"/>, <paramref name="weight"/> or a mode is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A rule is broken, the tensors are of different engines, or <paramref name="output"/> has
    /// another shape or overlaps an operand. Nothing was enqueued and no tensor changed.
    /// </exception>
    /// <exception cref="ObjectDisposedException">A tensor or the engine is disposed.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public static DeviceTensor<T> ConvTranspose2d<T>(
        DeviceTensor<T> inp,
        DeviceTensor<T> weight,
        DeviceTensor<T>? bias = null,
        PerAxis<int>? stride = null,
        PerAxis<int>? padding = null,
        PerAxis<int>? outputPadding = null,
        PerAxis<int>? dilation = null,
        int groups = 1,
        string convMode = Rules.DefaultConvMode,
        string computeMode = Rules.DefaultComputeMode,
        DeviceTensor<T>? output = null,
        NumericsOptions? numerics = null)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(inp);
        ArgumentNullException.ThrowIfNull(weight);
        Rules.RequireModes<T>(convMode, computeMode);
        var arguments = new ConvTranspose2dArguments(stride, padding, outputPadding, groups, dilation);
        ConvTransposeCall call = Rules.Translate(
            inp.Lengths,
            weight.Lengths,
            bias is not null,
            bias is null ? default : bias.Lengths,
            arguments);

        return ConvTranspose.RunOnDevice(call.With(numerics), inp, weight, bias, output);
    }
}
