using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Runtime;

/// <summary>
/// Memory that launches on one stream use one after the other, as long as the longest needs. Not
/// thread-safe: the engine's lock guards it.
/// </summary>
internal sealed class ScratchMemory(AcceleratorStream stream) : IDisposable
{
    private MemoryBuffer1D<byte, Stride1D.Dense>? buffer;

    /// <summary>At least <paramref name="length"/> bytes, undefined; empty for 0.</summary>
    public ArrayView<byte> Get(long length)
    {
        if (length == 0)
            return default;
        if (buffer is null || buffer.Length < length)
        {
            Dispose();
            buffer = stream.Accelerator.Allocate1D<byte>(length);
        }

        return buffer.View;
    }

    public void Dispose()
    {
        if (buffer is null)
            return;

        // Launches still under way may use it. A stream that its owner disposed cannot be waited for;
        // drivers keep memory alive until the commands queued on it have run.
        if (!stream.IsDisposed)
            stream.Synchronize();
        buffer.Dispose();
        buffer = null;
    }
}
