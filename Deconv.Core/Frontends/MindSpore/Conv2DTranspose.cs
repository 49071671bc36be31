using System.Numerics.Tensors;
using Deconv.Frontends;
using Deconv.Frontends.MindSpore;
using Deconv.Geometry;
using Deconv.Kernels.Problem;
using Deconv.Operators;

namespace Deconv.MindSpore.Ops;

/// <summary>
/// Transposed 2-D convolution as <c>mindspore.ops.Conv2DTranspose</c> (source of 2025-07): the
/// gradient of a convolution with respect to its input, without bias. Immutable; may be used from
/// many threads.
/// </summary>
/// <remarks>
/// <para>
/// MindSpore names everything after that convolution: <c>dout</c> is what goes in, and
/// <c>inputSize</c> is the shape of what comes out. The result is the window of that shape on the
/// canvas of all products, (in - 1) * stride + dilation * (kernel - 1) + 1 long, from the padding
/// at the top and left on; what lies past the canvas, and what no product reaches, is 0.
/// A tap outside dout is left out, so NaN and infinity touch only their footprint.
/// </para>
/// <para>
/// Where MindSpore's documentation and its behaviour differ, or its devices do, this class:
/// takes NHWC on every accelerator (MindSpore: on GPUs only); takes any case of
/// <c>padMode</c> with any <c>pad</c> (MindSpore refuses a <c>pad</c> with <c>'PAD'</c>); takes
/// strides and dilations of four numbers and lets <c>padList</c> win over <c>padMode</c>, both
/// undocumented; takes only 1 as <c>mode</c> (documented: 0 to 3); checks <c>inputSize</c>
/// before anything is computed (MindSpore leaves it to the device's library).
/// </para>
/// <para>
/// As in MindSpore, <c>outChannel</c> is checked but not used, and a weight may have another
/// kernel than <c>kernelSize</c>. Only in pad mode same they must agree: MindSpore's inference
/// goes by <c>kernelSize</c> there, and the computation by the weight.
/// </para>
/// </remarks>
public sealed class Conv2DTranspose
{
    private readonly Conv2DTransposeArguments arguments;

    /// <summary>Checks and keeps the arguments.</summary>
    /// <param name="outChannel">Channels of dout; positive.</param>
    /// <param name="kernelSize">One positive number, or (height, width).</param>
    /// <param name="padMode">
    /// In any case: <c>valid</c>, the default, cuts nothing off the canvas; <c>same</c> cuts off
    /// what it has more than inputSize, half of it, rounded down, at the top and left;
    /// <c>pad</c> cuts off <paramref name="pad"/>.
    /// </param>
    /// <param name="pad">
    /// One number for all sides, or (top, bottom, left, right); not negative; 0, the default,
    /// unless <paramref name="padMode"/> is <c>pad</c>.
    /// </param>
    /// <param name="padList">
    /// (top, bottom, left, right), each at least 0, or -1 for unset. If none is -1, it is used in
    /// place of <paramref name="padMode"/> and <paramref name="pad"/>; otherwise they are, and it
    /// is not. Null, the default: the same as -1.
    /// </param>
    /// <param name="mode">1, which is cross-correlation, and nothing else.</param>
    /// <param name="stride">
    /// One positive number, (height, width), or (1, 1, height, width) in either data format;
    /// default 1.
    /// </param>
    /// <param name="dilation">As <paramref name="stride"/>; default 1.</param>
    /// <param name="group">Number of groups that channels are split into; positive.</param>
    /// <param name="dataFormat"><c>NCHW</c>, the default, or <c>NHWC</c>, in capitals.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="padMode"/> or <paramref name="dataFormat"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A rule of the parameters above is broken; the message names the argument, its value and the
    /// rule.
    /// </exception>
    public Conv2DTranspose(
        int outChannel,
        IntTuple kernelSize,
        string padMode = "valid",
        IntTuple? pad = null,
        IntTuple? padList = null,
        int mode = 1,
        IntTuple? stride = null,
        IntTuple? dilation = null,
        int group = 1,
        string dataFormat = "NCHW")
    {
        ArgumentNullException.ThrowIfNull(padMode);
        ArgumentNullException.ThrowIfNull(dataFormat);
        Refusal.Unless(outChannel >= 1, nameof(outChannel), outChannel, "it must be at least 1");
        Refusal.Unless(mode == 1, nameof(mode), mode, "it must be 1, cross-correlation");
        Refusal.Unless(group >= 1, nameof(group), group, "it must be at least 1");
        if (dataFormat is not ("NCHW" or "NHWC"))
            Refusal.Throw(nameof(dataFormat), $"'{dataFormat}'", "it must be 'NCHW' or 'NHWC'");

        arguments = new()
        {
            KernelSize = TupleRules.PerAxisOf(nameof(kernelSize), kernelSize),
            Stride = TupleRules.PerAxisOfFour(nameof(stride), stride ?? 1),
            Dilation = TupleRules.PerAxisOfFour(nameof(dilation), dilation ?? 1),
            Pads = PadRules.Resolve(padMode, pad ?? 0, padList),
            Group = group,
            Layout = dataFormat == "NCHW" ? TensorLayout.ChannelsFirst : TensorLayout.ChannelsLast,
        };
    }

    /// <summary>Computes on host tensors.</summary>
    /// <typeparam name="T">
    /// The type of all elements: float, double, <see cref="Half"/> or <see cref="BFloat16"/>.
    /// </typeparam>
    /// <param name="dout">
    /// (N, C_dout, H, W), or (N, H, W, C_dout) if the data format is NHWC; N may be 0.
    /// </param>
    /// <param name="weight">
    /// (C_dout, C_result / group, kH, kW), or (C_dout, kH, kW, C_result / group) if the data format
    /// is NHWC. Its kernel may be another than the kernelSize given, except in pad mode same.
    /// </param>
    /// <param name="inputSize">
    /// The shape of the result, in the order of the data format: dout's batch, the weight's
    /// channels times group, and an extent on each axis of which a convolution has the extent of
    /// dout: floor((extent - dilation * (kernel - 1) - 1 + padding) / stride) + 1, padding being
    /// the sum of the two sides. In pad mode same, padding is what makes that true, if the extent
    /// is not greater than the canvas. MindSpore's devices all take it there if dout's extent is
    /// ceil(extent / stride).
    /// </param>
    /// <param name="engine">Where to compute; null for <see cref="Engine.Default"/>.</param>
    /// <param name="numerics">What the call may do with numbers; null for what its engine is told.</param>
    /// <returns>A new tensor of the shape <paramref name="inputSize"/>.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="dout"/> or <paramref name="weight"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A tensor has another rank than 4, a length of 0 that is not the batch, or another number of
    /// channels than the others ask for; group does not divide C_dout; or
    /// <paramref name="inputSize"/> breaks its rule: the message names the range that is legal.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public Tensor<T> Call<T>(
        Tensor<T> dout,
        Tensor<T> weight,
        IntTuple inputSize,
        Engine? engine = null,
        NumericsOptions? numerics = null)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(dout);
        ArgumentNullException.ThrowIfNull(weight);
        RealElements.Require<T>("mindspore.ops.Conv2DTranspose");
        ConvTransposeCall call =
            Conv2DTransposeRules.Translate(dout.Lengths, weight.Lengths, inputSize, arguments);
        return ConvTranspose.RunOnHost(
            engine, call.With(numerics), dout.AsReadOnlyTensorSpan(), weight.AsReadOnlyTensorSpan(), bias: default);
    }

    /// <summary>
    /// Computes on tensors of one engine, without copies to or from the host; see the overload on
    /// <see cref="Tensor{T}"/> for shapes and rules. Returns when the work is enqueued.
    /// </summary>
    /// <typeparam name="T">The type of all elements.</typeparam>
    /// <param name="dout">(N, C_dout, H, W), or (N, H, W, C_dout).</param>
    /// <param name="weight">
    /// (C_dout, C_result / group, kH, kW), or (C_dout, kH, kW, C_result / group).
    /// </param>
    /// <param name="inputSize">The shape of the result.</param>
    /// <param name="output">
    /// Overwritten with the result: of its shape, and in memory that no operand uses. Null: a new
    /// tensor is allocated.
    /// </param>
    /// <param name="numerics">What the call may do with numbers; null for what its engine is told.</param>
    /// <returns><paramref name="output"/>, or the new tensor, owned by the caller.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="dout"/> or <paramref name="weight"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A rule is broken, the tensors are of different engines, or <paramref name="output"/> has
    /// another shape or overlaps an operand. Nothing was enqueued and no tensor changed.
    /// </exception>
    /// <exception cref="ObjectDisposedException">A tensor or the engine is disposed.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public DeviceTensor<T> Call<T>(
        DeviceTensor<T> dout,
        DeviceTensor<T> weight,
        IntTuple inputSize,
        DeviceTensor<T>? output = null,
        NumericsOptions? numerics = null)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(dout);
        ArgumentNullException.ThrowIfNull(weight);
        RealElements.Require<T>("mindspore.ops.Conv2DTranspose");
        ConvTransposeCall call =
            Conv2DTransposeRules.Translate(dout.Lengths, weight.Lengths, inputSize, arguments);
        return ConvTranspose.RunOnDevice(call.With(numerics), dout, weight, bias: null, output);
    }
}
