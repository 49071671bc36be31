using System.Numerics.Tensors;
using Deconv.Frontends;
using Deconv.Frontends.Torch;
using Deconv.Operators;
using Rules = Deconv.Frontends.MegEngine.ConvTranspose2dRules;

namespace Deconv.MegEngine;

/// <summary>
/// The module <c>megengine.module.ConvTranspose2d</c> (2024-10): a transposed 2-D convolution with
/// a weight and a bias of its own, which stay on the accelerator from call to call.
/// </summary>
/// <typeparam name="T">
/// The type of all elements: float, double, <see cref="Half"/> or <see cref="BFloat16"/>.
/// </typeparam>
/// <remarks>
/// It may be used from many threads. A call uses the weight and bias that are set when it is
/// enqueued. Dispose it, its engine and its results in any order. Where MegEngine's source does not
/// do what its documentation says, see the remarks at
/// <see cref="Functional.ConvTranspose2d{T}(Tensor{T}, Tensor{T}, Tensor{T}, PerAxis{int}?, PerAxis{int}?, PerAxis{int}?, PerAxis{int}?, int, string, string, Engine, NumericsOptions?)"/>.
/// </remarks>
public sealed class ConvTranspose2d<T> : IDisposable
    where T : unmanaged
{
    private readonly ModuleShape shape;
    private readonly nint[] weightLengths;
    private readonly nint[] biasLengths;

    /// <summary>
    /// Makes the module with a random weight, normal around 0 with the variance
    /// 1 / (kH * kW * <paramref name="outChannels"/>), and a bias of zeros, as MegEngine does.
    /// </summary>
    /// <param name="inChannels">Channels of the input, C_in; a multiple of groups.</param>
    /// <param name="outChannels">Channels of the result, C_out; a multiple of groups.</param>
    /// <param name="kernelSize">Height and width of the kernel.</param>
    /// <param name="stride">Distance between the products of neighbouring inputs; default 1.</param>
    /// <param name="padding">
    /// Number of rows and columns cut off at each side of the full result; default 0.
    /// </param>
    /// <param name="outputPadding">
    /// Number of rows and columns added at the bottom and the right; less than the stride; default 0.
    /// </param>
    /// <param name="dilation">Distance between neighbouring kernel elements; default 1.</param>
    /// <param name="groups">Number of groups that channels are split into; default 1.</param>
    /// <param name="bias">Whether the module starts with a bias; default true.</param>
    /// <param name="convMode">Only <c>cross_correlation</c>, in any case.</param>
    /// <param name="computeMode">
    /// <c>default</c> or, for elements of 16 bits, <c>float32</c>, in any case. Both are the same
    /// here: those are summed up in float32, bias and all, and rounded once. With other elements
    /// MegEngine fails on <c>float32</c> at the first call; it is refused here.
    /// </param>
    /// <param name="engine">
    /// Where to compute; null for <see cref="Engine.Default"/> as of each call.
    /// </param>
    /// <param name="random">
    /// Where the weight is drawn from; null for <see cref="Random.Shared"/>. MegEngine's generator
    /// gives other numbers for the same seed.
    /// </param>
    /// <param name="numerics">What calls may do with numbers; null for what their engine is told.</param>
    /// <exception cref="ArgumentNullException">A mode is null.</exception>
    /// <exception cref="ArgumentException">
    /// Channels, groups, a kernel length, a stride or a dilation is below 1; channels are no
    /// multiple of groups; a padding is negative; the output padding is not less than the stride; a
    /// mode is another; or the weight would not fit in an array.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public ConvTranspose2d(
        int inChannels,
        int outChannels,
        PerAxis<int> kernelSize,
        PerAxis<int>? stride = null,
        PerAxis<int>? padding = null,
        PerAxis<int>? outputPadding = null,
        PerAxis<int>? dilation = null,
        int groups = 1,
        bool bias = true,
        string convMode = Rules.DefaultConvMode,
        string computeMode = Rules.DefaultComputeMode,
        Engine? engine = null,
        Random? random = null,
        NumericsOptions? numerics = null)
    {
        Rules.RequireModes<T>(convMode, computeMode);
        ComputeMode = Rules.ComputeModeOf(computeMode);
        var arguments = new ConvTranspose2dArguments(stride, padding, outputPadding, groups, dilation);
        shape = new ModuleShape(inChannels, outChannels, kernelSize, arguments);
        Rules.RequireOutputPadding(arguments, lengths: 1, kernelSize);
        nint[] group = [shape.GroupInChannels, shape.GroupOutChannels, kernelSize.Height, kernelSize.Width];
        weightLengths = groups == 1 ? group : [groups, .. group];
        biasLengths = [1, outChannels, 1, 1];

        double variance = 1 / ((double)kernelSize.Height * kernelSize.Width * outChannels);
        Prepared = new PreparedWeights<T>(
            engine,
            numerics,
            RandomTensor.Normal<T>(random ?? Random.Shared, Math.Sqrt(variance), weightLengths),
            bias ? Tensor.CreateFromShape<T>(biasLengths) : null);
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

    /// <summary>Number of rows and columns added at the bottom and the right.</summary>
    public PerAxis<int> OutputPadding => shape.Arguments.OutputPadding;

    /// <summary>Distance between neighbouring kernel elements.</summary>
    public PerAxis<int> Dilation => shape.Arguments.Dilation;

    /// <summary>Number of groups that channels are split into.</summary>
    public int Groups => shape.Arguments.Groups;

    /// <summary>Always <c>cross_correlation</c>.</summary>
    public string ConvMode { get; } = Rules.DefaultConvMode;

    /// <summary><c>default</c> or <c>float32</c>, which are the same here.</summary>
    public string ComputeMode { get; }

    /// <summary>Where the module computes.</summary>
    /// <exception cref="AcceleratorUnavailableException">
    /// None was given, and the default one cannot be made.
    /// </exception>
    public Engine Engine => Prepared.Engine;

    /// <summary>
    /// The weight, (C_in, C_out, kH, kW) or, with more than one group,
    /// (groups, C_in / groups, C_out / groups, kH, kW). It is read at the first call after it was
    /// set; what is changed in the tensor later is not seen until the tensor is set again.
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

    /// <summary>The bias, (1, C_out, 1, 1), or null for none; read when <see cref="Weight"/> is.</summary>
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
    /// <param name="inp">(N, C_in, H, W), or (C_in, H, W) without a batch; N may be 0.</param>
    /// <returns>
    /// (N, C_out, H_out, W_out), without N if the input is; each extent is (in - 1) * stride
    /// - 2 * padding + dilation * (kernel - 1) + output padding + 1.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="inp"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The input has another rank or channel count, or an empty extent besides the batch; or an
    /// extent of the result is below 1. The message names an argument, of this call or of the
    /// constructor, its value and the rule.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The module or its engine is disposed.</exception>
    public Tensor<T> Forward(Tensor<T> inp)
    {
        ArgumentNullException.ThrowIfNull(inp);
        return Prepared.RunOnHost(Translate(inp.Lengths), inp);
    }

    /// <summary>
    /// Computes the module on a tensor of its engine, without copies to or from the host; see the
    /// overload on <see cref="Tensor{T}"/> for shapes and rules. Returns when the work is enqueued.
    /// </summary>
    /// <param name="inp">(N, C_in, H, W) or (C_in, H, W).</param>
    /// <param name="output">
    /// Overwritten with the result: of its shape, and in memory that the input does not use. Null:
    /// a new tensor is allocated.
    /// </param>
    /// <returns><paramref name="output"/>, or the new tensor, owned by the caller.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="inp"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// A rule is broken, a tensor is of another engine than the module, or
    /// <paramref name="output"/> has another shape or overlaps the input. Nothing was enqueued.
    /// </exception>
    /// <exception cref="ObjectDisposedException">
    /// The module, its engine or a tensor is disposed.
    /// </exception>
    public DeviceTensor<T> Forward(DeviceTensor<T> inp, DeviceTensor<T>? output = null)
    {
        ArgumentNullException.ThrowIfNull(inp);
        return Prepared.RunOnDevice(Translate(inp.Lengths), inp, output);
    }

    /// <summary>Frees the copies of weight and bias on the accelerator; no call may follow.</summary>
    public void Dispose() => Prepared.Dispose();

    private ConvTransposeCall Translate(ReadOnlySpan<nint> inp) =>
        Rules.Translate(inp, weightLengths, hasBias: false, bias: default, shape.Arguments);
}
