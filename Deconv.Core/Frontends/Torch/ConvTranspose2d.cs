using System.Numerics.Tensors;
using Deconv.Frontends;
using Deconv.Frontends.Torch;
using Deconv.Geometry;
using Deconv.Operators;

namespace Deconv.Torch;

/// <summary>
/// The module <c>torch.nn.ConvTranspose2d</c> (torch 2.10): a transposed 2-D convolution with a
/// weight and a bias of its own, which stay on the accelerator from call to call.
/// </summary>
/// <typeparam name="T">
/// The type of all elements: float, double, <see cref="Half"/>, <see cref="BFloat16"/>,
/// <see cref="Complex64"/> or <see cref="System.Numerics.Complex"/>.
/// </typeparam>
/// <remarks>
/// It may be used from many threads. A call uses the weight and bias that are set when it is
/// enqueued. Dispose it, its engine and its results in any order.
/// </remarks>
public sealed class ConvTranspose2d<T> : IDisposable
    where T : unmanaged
{
    private const string OnlyPaddingMode = "zeros";

    private readonly ModuleShape shape;
    private readonly nint[] weightLengths;
    private readonly nint[] biasLengths;

    /// <summary>
    /// Makes the module with a random weight and bias: uniform between -sqrt(k) and sqrt(k), where
    /// k = groups / (<paramref name="outChannels"/> * kH * kW), as torch's are.
    /// </summary>
    /// <param name="inChannels">Channels of the input, C_in; a multiple of groups.</param>
    /// <param name="outChannels">Channels of the result, C_out; a multiple of groups.</param>
    /// <param name="kernelSize">Height and width of the kernel.</param>
    /// <param name="stride">Distance between the products of neighbouring inputs; default 1.</param>
    /// <param name="padding">
    /// Number of rows and columns cut off at each side of the full result; default 0.
    /// </param>
    /// <param name="outputPadding">
    /// Number of rows and columns added at the bottom and the right; less than the greater of
    /// stride and dilation wherever it is used; default 0.
    /// </param>
    /// <param name="groups">Number of groups that channels are split into; default 1.</param>
    /// <param name="bias">Whether the module starts with a bias; default true.</param>
    /// <param name="dilation">Distance between neighbouring kernel elements; default 1.</param>
    /// <param name="paddingMode">Only <c>zeros</c>, the default.</param>
    /// <param name="engine">
    /// Where to compute; null for <see cref="Engine.Default"/> as of each call.
    /// </param>
    /// <param name="random">
    /// Where the weight, then the bias, are drawn from; null for <see cref="Random.Shared"/>.
    /// Torch's generator gives other numbers for the same seed.
    /// </param>
    /// <param name="numerics">What calls may do with numbers; null for what their engine is told.</param>
    /// <exception cref="ArgumentNullException"><paramref name="paddingMode"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// Channels, groups, a kernel length, a stride or a dilation is below 1; channels are no
    /// multiple of groups; a padding is negative; the padding mode is another; or the weight would
    /// not fit in an array. Torch finds a bad kernel, stride, dilation or padding at the first call.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public ConvTranspose2d(
        int inChannels,
        int outChannels,
        PerAxis<int> kernelSize,
        PerAxis<int>? stride = null,
        PerAxis<int>? padding = null,
        PerAxis<int>? outputPadding = null,
        int groups = 1,
        bool bias = true,
        PerAxis<int>? dilation = null,
        string paddingMode = OnlyPaddingMode,
        Engine? engine = null,
        Random? random = null,
        NumericsOptions? numerics = null)
    {
        ArgumentNullException.ThrowIfNull(paddingMode);
        if (paddingMode != OnlyPaddingMode)
            Refusal.Throw(nameof(paddingMode), $"'{paddingMode}'", $"it must be '{OnlyPaddingMode}'");
        var arguments = new ConvTranspose2dArguments(stride, padding, outputPadding, groups, dilation);
        shape = new ModuleShape(inChannels, outChannels, kernelSize, arguments);
        weightLengths = [inChannels, shape.GroupOutChannels, kernelSize.Height, kernelSize.Width];
        biasLengths = [outChannels];

        random ??= Random.Shared;
        double bound = 1 / Math.Sqrt((double)shape.GroupOutChannels * kernelSize.Height * kernelSize.Width);
        Prepared = new PreparedWeights<T>(
            engine,
            numerics,
            RandomTensor.Uniform<T>(random, bound, weightLengths),
            bias ? RandomTensor.Uniform<T>(random, bound, biasLengths) : null);
    }

    /// <summary>Channels of the input.</summary>
    public int InChannels => shape.InChannels;

    /// <summary>Channels of the result.</summary>
    public int OutChannels => shape.OutChannels;

    /// <summary>Height and width of the kernel.</summary>
    public PerAxis<int> KernelSize => shape.KernelSize;

    /// <summary>Distance between the products of neighbouring inputs.</summary>
    public PerAxis<int> Stride => shape.Arguments.Stride;

    /// <summary>Number of rows and columns cut off at each side of the full result.</summary>
    public PerAxis<int> Padding => shape.Arguments.Padding;

    /// <summary>
    /// Number of rows and columns added at the bottom and the right by calls without an output size.
    /// </summary>
    public PerAxis<int> OutputPadding => shape.Arguments.OutputPadding;

    /// <summary>Number of groups that channels are split into.</summary>
    public int Groups => shape.Arguments.Groups;

    /// <summary>Distance between neighbouring kernel elements.</summary>
    public PerAxis<int> Dilation => shape.Arguments.Dilation;

    /// <summary>Always <c>zeros</c>.</summary>
    public string PaddingMode { get; } = OnlyPaddingMode;

    /// <summary>Where the module computes.</summary>
    /// <exception cref="AcceleratorUnavailableException">
    /// None was given, and the default one cannot be made.
    /// </exception>
    public Engine Engine => Prepared.Engine;

    /// <summary>
    /// The weight, (C_in, C_out / groups, kH, kW). It is read at the first call after it was set;
    /// what is changed in the tensor later is not seen until the tensor is set again.
    /// </summary>
    /// <exception cref="ArgumentNullException">The weight is set to null.</exception>
    /// <exception cref="ArgumentException">The weight is set to one of another shape.</exception>
    public Tensor<T> Weight
    {
        get => Prepared.Weight;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ModuleShape.RequireLengths(value, "weight", weightLengths);
            Prepared.Weight = value;
        }
    }

    /// <summary>The bias, (C_out), or null for none; read when <see cref="Weight"/> is.</summary>
    /// <exception cref="ArgumentException">The bias is set to one of another shape.</exception>
    public Tensor<T>? Bias
    {
        get => Prepared.Bias;
        set
        {
            if (value is not null)
                ModuleShape.RequireLengths(value, "bias", biasLengths);
            Prepared.Bias = value;
        }
    }

    internal PreparedWeights<T> Prepared { get; }

    /// <summary>Computes the module on a host tensor.</summary>
    /// <param name="input">(N, C_in, H, W), or (C_in, H, W) without a batch; N may be 0.</param>
    /// <param name="outputSize">
    /// The size of the result: height and width, or a whole shape of the input's rank, of which
    /// only the last two values count. Each is at least the size that output padding 0 gives and
    /// exceeds it by less than the stride. It replaces <see cref="OutputPadding"/> altogether.
    /// Empty, the default, for none.
    /// </param>
    /// <returns>
    /// (N, C_out, H_out, W_out), without N if the input is; each extent is (in - 1) * stride
    /// - 2 * padding + dilation * (kernel - 1) + output padding + 1.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The input has another rank or channel count, or an empty extent besides the batch; the
    /// output size has another number of values or one out of range; the output padding is not
    /// less than stride or dilation (not asked of an empty batch); or an extent of the result is
    /// below 1. The message names an argument, of this call or of the constructor, its value and
    /// the rule.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The module or its engine is disposed.</exception>
    public Tensor<T> Forward(Tensor<T> input, ReadOnlySpan<nint> outputSize = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Prepared.RunOnHost(Translate(input.Lengths, outputSize), input);
    }

    /// <summary>
    /// Computes the module on a tensor of its engine, without copies to or from the host; see the
    /// overload on <see cref="Tensor{T}"/> for shapes and rules. Returns when the work is enqueued.
    /// </summary>
    /// <param name="input">(N, C_in, H, W) or (C_in, H, W).</param>
    /// <param name="outputSize">The size of the result; empty for none.</param>
    /// <param name="output">
    /// Overwritten with the result: of its shape, and in memory that the input does not use. Null:
    /// a new tensor is allocated.
    /// </param>
    /// <returns><paramref name="output"/>, or the new tensor, owned by the caller.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// A rule is broken, a tensor is of another engine than the module, or
    /// <paramref name="output"/> has another shape or overlaps the input. Nothing was enqueued.
    /// </exception>
    /// <exception cref="ObjectDisposedException">
    /// The module, its engine or a tensor is disposed.
    /// </exception>
    public DeviceTensor<T> Forward(
        DeviceTensor<T> input,
        ReadOnlySpan<nint> outputSize = default,
        DeviceTensor<T>? output = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Prepared.RunOnDevice(Translate(input.Lengths, outputSize), input, output);
    }

    /// <summary>Frees the copies of weight and bias on the accelerator; no call may follow.</summary>
    public void Dispose() => Prepared.Dispose();

    private ConvTransposeCall Translate(ReadOnlySpan<nint> input, ReadOnlySpan<nint> outputSize) =>
        ConvTranspose2dRules.Translate(
            input,
            weightLengths,
            hasBias: false,
            bias: default,
            OutputSize.Apply(outputSize, input, KernelSize, shape.Arguments));
}
