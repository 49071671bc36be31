using System.Numerics.Tensors;
using Deconv.Frontends.Torch;
using Deconv.Operators;

namespace Deconv.Torch;

/// <summary>
/// Operators of <c>torch.nn.functional</c> under their names in .NET casing, with their argument
/// order and defaults: <c>F.conv_transpose2d(x, w, stride=2)</c> becomes
/// <c>F.ConvTranspose2d(x, w, stride: 2)</c>.
/// </summary>
public static class Functional
{
    /// <summary>
    /// Transposed 2-D convolution as <c>torch.nn.functional.conv_transpose2d</c> (torch 2.10), on
    /// host tensors.
    /// </summary>
    /// <typeparam name="T">
    /// The type of all elements: float, double, <see cref="Half"/>, <see cref="BFloat16"/>,
    /// <see cref="Complex64"/> or <see cref="System.Numerics.Complex"/>.
    /// </typeparam>
    /// <param name="input">(N, C_in, H, W), or (C_in, H, W) without a batch; N may be 0.</param>
    /// <param name="weight">(C_in, C_out / groups, kH, kW).</param>
    /// <param name="bias">(C_out); null for none.</param>
    /// <param name="stride">Distance between the products of neighbouring inputs; default 1.</param>
    /// <param name="padding">
    /// Number of rows and columns cut off at each side of the full result; default 0.
    /// </param>
    /// <param name="outputPadding">
    /// Number of rows and columns added at the bottom and the right; less than the greater of
    /// stride and dilation; default 0.
    /// </param>
    /// <param name="groups">Number of groups that channels are split into; default 1.</param>
    /// <param name="dilation">Distance between neighbouring kernel elements; default 1.</param>
    /// <param name="engine">Where to compute; null for <see cref="Engine.Default"/>.</param>
    /// <param name="numerics">What the call may do with numbers; null for what its engine is told.</param>
    /// <returns>
    /// (N, C_out, H_out, W_out), without N if the input is; each extent is (in - 1) * stride
    /// - 2 * padding + dilation * (kernel - 1) + output padding + 1.
    /// </returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="input"/> or <paramref name="weight"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A rule of the parameters above is broken: rank, channel count, group divisibility, bias
    /// length, sign, output padding, or an extent of the result below 1. The message names the
    /// argument, its value and the rule. As in torch, the output padding of an empty batch is not
    /// held against stride and dilation.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    /// <remarks>
    /// A tap that would read outside the input is left out, never multiplied with zero, so NaN and
    /// infinity touch only their footprint.
    /// </remarks>
    public static Tensor<T> ConvTranspose2d<T>(
        Tensor<T> input,
        Tensor<T> weight,
        Tensor<T>? bias = null,
        PerAxis<int>? stride = null,
        PerAxis<int>? padding = null,
        PerAxis<int>? outputPadding = null,
        int groups = 1,
        PerAxis<int>? dilation = null,
        Engine? engine = null,
        NumericsOptions? numerics = null)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(weight);
        return ConvTranspose2d(
            input.AsReadOnlyTensorSpan(),
            weight.AsReadOnlyTensorSpan(),
            bias is null ? default : bias.AsReadOnlyTensorSpan(),
            stride,
            padding,
            outputPadding,
            groups,
            dilation,
            engine,
            numerics);
    }

    /// <summary>
    /// Transposed 2-D convolution on views of host memory, dense or strided; see the overload on
    /// <see cref="Tensor{T}"/> for shapes, rules and exceptions.
    /// </summary>
    /// <typeparam name="T">The type of all elements.</typeparam>
    /// <param name="input">(N, C_in, H, W) or (C_in, H, W).</param>
    /// <param name="weight">(C_in, C_out / groups, kH, kW).</param>
    /// <param name="bias">(C_out); <c>default</c> for none.</param>
    /// <param name="stride">Default 1.</param>
    /// <param name="padding">Default 0.</param>
    /// <param name="outputPadding">Default 0.</param>
    /// <param name="groups">Default 1.</param>
    /// <param name="dilation">Default 1.</param>
    /// <param name="engine">Where to compute; null for <see cref="Engine.Default"/>.</param>
    /// <param name="numerics">What the call may do with numbers; null for what its engine is told.</param>
    /// <returns>A new host tensor.</returns>
    /// <exception cref="ArgumentException">A rule is broken.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public static Tensor<T> ConvTranspose2d<T>(
        in ReadOnlyTensorSpan<T> input,
        in ReadOnlyTensorSpan<T> weight,
        in ReadOnlyTensorSpan<T> bias = default,
        PerAxis<int>? stride = null,
        PerAxis<int>? padding = null,
        PerAxis<int>? outputPadding = null,
        int groups = 1,
        PerAxis<int>? dilation = null,
        Engine? engine = null,
        NumericsOptions? numerics = null)
        where T : unmanaged
    {
        bool hasBias = bias.Rank > 0;
        var arguments = new ConvTranspose2dArguments(stride, padding, outputPadding, groups, dilation);
        ConvTransposeCall call = ConvTranspose2dRules.Translate(
            input.Lengths, weight.Lengths, hasBias, bias.Lengths, arguments);

        return ConvTranspose.RunOnHost(engine, call.With(numerics), input, weight, bias);
    }

    /// <summary>
    /// Transposed 2-D convolution on tensors of one engine, without copies to or from the host;
    /// see the overload on <see cref="Tensor{T}"/> for shapes and rules. Returns when the work is
    /// enqueued.
    /// </summary>
    /// <typeparam name="T">The type of all elements.</typeparam>
    /// <param name="input">(N, C_in, H, W) or (C_in, H, W).</param>
    /// <param name="weight">(C_in, C_out / groups, kH, kW).</param>
    /// <param name="bias">(C_out); null for none.</param>
    /// <param name="stride">Default 1.</param>
    /// <param name="padding">Default 0.</param>
    /// <param name="outputPadding">Default 0.</param>
    /// <param name="groups">Default 1.</param>
    /// <param name="dilation">Default 1.</param>
    /// <param name="output">
    /// Overwritten with the result: of its shape, and in memory that no operand uses. Null: a new
    /// tensor is allocated.
    /// </param>
    /// <param name="numerics">What the call may do with numbers; null for what its engine is told.</param>
    /// <returns><paramref name="output"/>, or the new tensor, owned by the caller.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="input"/> or <paramref name="weight"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A rule is broken, the tensors are of different engines, or <paramref name="output"/> has
    /// another shape or overlaps an operand. Nothing was enqueued and no tensor changed.
    /// </exception>
    /// <exception cref="ObjectDisposedException">A tensor or the engine is disposed.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public static DeviceTensor<T> ConvTranspose2d<T>(
        DeviceTensor<T> input,
        DeviceTensor<T> weight,
        DeviceTensor<T>? bias = null,
        PerAxis<int>? stride = null,
        PerAxis<int>? padding = null,
        PerAxis<int>? outputPadding = null,
        int groups = 1,
        PerAxis<int>? dilation = null,
        DeviceTensor<T>? output = null,
        NumericsOptions? numerics = null)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(weight);
        var arguments = new ConvTranspose2dArguments(stride, padding, outputPadding, groups, dilation);
        ConvTransposeCall call = ConvTranspose2dRules.Translate(
            input.Lengths,
            weight.Lengths,
            bias is not null,
            bias is null ? default : bias.Lengths,
            arguments);

        return ConvTranspose.RunOnDevice(call.With(numerics), input, weight, bias, output);
    }
}
