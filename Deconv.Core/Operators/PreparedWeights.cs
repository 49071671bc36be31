using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Deconv.Geometry;

namespace Deconv.Operators;

/// <summary>
/// The weight and bias of a module: kept on the host, copied to the accelerator at the first call
/// after they were set, and used from there by all calls until they are set again.
/// </summary>
internal sealed class PreparedWeights<T> : IDisposable
    where T : unmanaged
{
    private readonly Lock gate = new();
    private readonly Engine? engine;
    private readonly NumericsOptions? numerics;
    private readonly PreparedTensor<T> weight;
    private readonly PreparedTensor<T> bias;
    private bool isDisposed;

    /// <param name="engine">Null: at each call, the default engine.</param>
    /// <param name="numerics">Null: the engine's options.</param>
    /// <param name="weight">The first weight.</param>
    /// <param name="bias">The first bias; null for none.</param>
    public PreparedWeights(Engine? engine, NumericsOptions? numerics, Tensor<T> weight, Tensor<T>? bias)
    {
        this.engine = engine;
        this.numerics = numerics;
        this.weight = new(weight);
        this.bias = new(bias);
    }

    public Engine Engine => engine ?? Engine.Default;

    public Tensor<T> Weight
    {
        get => Get(weight)!;
        set => Set(weight, value);
    }

    public Tensor<T>? Bias
    {
        get => Get(bias);
        set => Set(bias, value);
    }

    /// <summary>
    /// Computes a call on a host tensor with the present weights; whether there is a bias is
    /// decided here, not by the call.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The module or its engine is disposed.</exception>
    public Tensor<T> RunOnHost(in ConvTransposeCall call, Tensor<T> input)
    {
        Engine current = Engine;
        if (current.SeesHostMemory && input.IsDense)
            return RunInPlace(current, call, input);
        using DeviceTensor<T> deviceInput = current.Upload(input);
        using DeviceTensor<T> output = Run(current, call, deviceInput, null);
        return output.ToTensor();
    }

    /// <summary>
    /// Computes a call on a tensor of the module's engine, as <see cref="RunOnHost"/> does, into a
    /// tensor of the caller's or a new one.
    /// </summary>
    /// <exception cref="ArgumentException">A tensor is of another engine, or overlaps.</exception>
    /// <exception cref="ObjectDisposedException">Module, engine or a tensor is disposed.</exception>
    public DeviceTensor<T> RunOnDevice(
        in ConvTransposeCall call,
        DeviceTensor<T> input,
        DeviceTensor<T>? output,
        [CallerArgumentExpression(nameof(input))] string argument = "")
    {
        Engine current = Engine;
        if (input.Engine != current)
            Refusal.Throw(argument, "a tensor of another engine", "it must be of the module's");
        return Run(current, call, input, output);
    }

    /// <summary>The copies that calls use now, made if there are none; they stay this object's.</summary>
    public (DeviceTensor<T> Weight, DeviceTensor<T>? Bias) OnDevice(Engine current)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            return (weight.On(current)!, bias.On(current));
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            weight.Release();
            bias.Release();
        }
    }

    /// <summary>Computes a call where the host tensor is, which saves copies.</summary>
    private unsafe Tensor<T> RunInPlace(Engine current, in ConvTransposeCall call, Tensor<T> input)
    {
        Tensor<T> result = Tensor.CreateFromShapeUninitialized<T>(call.OutputLengths.AsSpan());
        fixed (T* x = input.AsReadOnlyTensorSpan(), y = result.AsTensorSpan())
        {
            using DeviceTensor<T> seenInput = current.See(x, input.Lengths);
            using DeviceTensor<T> output = current.See(y, result.Lengths);
            Run(current, call, seenInput, output);
            current.Synchronize();
        }

        return result;
    }

    /// <summary>Enqueues under the gate, so that no other thread frees the copies before.</summary>
    private DeviceTensor<T> Run(
        Engine current, in ConvTransposeCall call, DeviceTensor<T> input, DeviceTensor<T>? output)
    {
        lock (gate)
        {
            (DeviceTensor<T> deviceWeight, DeviceTensor<T>? deviceBias) = OnDevice(current);
            ConvTransposeSpec spec = call.Spec with { HasBias = deviceBias is not null, Numerics = numerics };
            return ConvTranspose.RunOnDevice(
                call with { Spec = spec }, input, deviceWeight, deviceBias, output, weight.PackedOn(current));
        }
    }

    private Tensor<T>? Get(PreparedTensor<T> tensor)
    {
        lock (gate)
            return tensor.Host;
    }

    private void Set(PreparedTensor<T> tensor, Tensor<T>? value)
    {
        lock (gate)
        {
            tensor.Host = value;
            tensor.Release();
        }
    }
}
