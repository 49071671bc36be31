using ILGPU.Runtime;

namespace Deconv.Runtime;

/// <summary>A stream, and the memory that its launches use one after the other.</summary>
internal sealed class StreamMemory(AcceleratorStream stream) : IDisposable
{
    public AcceleratorStream Stream { get; } = stream;

    /// <summary>What a kernel uses while it runs.</summary>
    public ScratchMemory Scratch { get; } = new(stream);

    /// <summary>A weight that is packed for one launch.</summary>
    public ScratchMemory PackedWeight { get; } = new(stream);

    public void Dispose()
    {
        Scratch.Dispose();
        PackedWeight.Dispose();
    }
}
