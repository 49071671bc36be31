using System.Numerics.Tensors;
using Deconv.Runtime;

namespace Deconv.Operators;

/// <summary>A host tensor, or none, with its copy on an accelerator, made when first asked for.</summary>
internal sealed class PreparedTensor(Tensor<float>? host)
{
    private DeviceTensor<float>? copy;
    private PackedWeights? packed;

    public Tensor<float>? Host { get; set; } = host;

    public DeviceTensor<float>? On(Engine engine)
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
