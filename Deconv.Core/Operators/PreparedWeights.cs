using System.Numerics.Tensors;

namespace Deconv.Operators;

/// <summary>
/// The weight and bias of a module: kept on the host, copied to the accelerator at first use and
/// again only after they were set.
/// </summary>
internal sealed class PreparedWeights(Engine? engine) : IDisposable
{
    private readonly Lock gate = new();
    private Tensor<float>? weight;
    private Tensor<float>? bias;
    private DeviceTensor<float>? deviceWeight;
    private DeviceTensor<float>? deviceBias;
    private bool isDisposed;

    /// <summary>The engine given, or the default one as of the first use.</summary>
    public Engine Engine
    {
        get
        {
            lock (gate)
                return engine ??= Engine.Default;
        }
    }

    public Tensor<float> Weight => weight!;

    public Tensor<float>? Bias => bias;

    public void Set(Tensor<float> newWeight, Tensor<float>? newBias)
    {
        lock (gate)
        {
            weight = newWeight;
            bias = newBias;
            Release();
        }
    }

    /// <summary>The copies on the accelerator, which this object owns.</summary>
    /// <exception cref="ObjectDisposedException">The module or its engine is disposed.</exception>
    public (DeviceTensor<float> Weight, DeviceTensor<float>? Bias) OnDevice()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            engine ??= Engine.Default;
            deviceWeight ??= engine.Upload(weight!);
            if (bias is not null)
                deviceBias ??= engine.Upload(bias);
            return (deviceWeight, deviceBias);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            Release();
        }
    }

    private void Release()
    {
        deviceWeight?.Dispose();
        deviceBias?.Dispose();
        deviceWeight = null;
        deviceBias = null;
    }
}
