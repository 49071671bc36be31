using System.Numerics.Tensors;

namespace Deconv.Operators;

/// <summary>A host tensor, or none, with its copy on an accelerator, made when first asked for.</summary>
internal sealed class PreparedTensor(Tensor<float>? host)
{
    private DeviceTensor<float>? copy;

    public Tensor<float>? Host { get; set; } = host;

    public DeviceTensor<float>? On(Engine engine)
    {
        if (Host is null)
            return null;
        if (copy?.Engine != engine)
            Release();
        return copy ??= engine.Upload(Host);
    }

    public void Release()
    {
        copy?.Dispose();
        copy = null;
    }
}
