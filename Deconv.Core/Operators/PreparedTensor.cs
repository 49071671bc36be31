using System.Numerics.Tensors;
using Deconv.Runtime;

namespace Deconv.Operators;

/// <summary>A host tensor, or none, with its copy on an accelerator, made when first asked for.</summary>
internal sealed class PreparedTensor<T>(Tensor<T>? host)
    where T : unmanaged
{
    private DeviceTensor<T>? copy;
    private PackedWeights? packed;

    public Tensor<T>? Host { get; set; } = host;

    public DeviceTensor<T>? On(Engine engine)
    {
        if (Host is null)
            return null;
        if (copy?.Engine != engine)
            Release();
        return copy ??= engine.Upload(Host);
    }

    /// <summary>The packed copies that belong to the copy on an accelerator.</summary>
    public PackedWeights PackedOn(Engine engine)
    {
        _ = On(engine);
        return packed ??= new PackedWeights(engine);
    }

    public void Release()
    {
        copy?.Dispose();
        copy = null;
        packed?.Dispose();
        packed = null;
    }
}
