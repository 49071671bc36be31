using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Samples.Cli.Bench;

/// <summary>
/// Times work by two events on the device, for accelerators whose events do not make the host wait:
/// CUDA's. Other memory is written before the first event, so much that caches hold nothing else; and
/// while that goes on, the host enqueues all that is timed, so that none of the host's time is in it.
/// </summary>
internal sealed class DeviceClock : IDisposable
{
    public const string Summary =
        "timed by events on the device, after 256 MiB of other memory were written, with cold caches therefore";

    /// <summary>Several times the caches of the largest GPUs, and a tenth of a millisecond to write there.</summary>
    private const long FlushedBytes = 256L << 20;

    private readonly AcceleratorStream stream;
    private readonly MemoryBuffer1D<byte, Stride1D.Dense> flushed;

    /// <summary>Measures on a stream of an accelerator whose context has profiling.</summary>
    public DeviceClock(AcceleratorStream stream)
    {
        this.stream = stream;
        flushed = stream.Accelerator.Allocate1D<byte>(FlushedBytes);
    }

    /// <summary>The clock of an engine's calls; null where the host's clock tells more.</summary>
    public static DeviceClock? Of(Engine engine) =>
        engine.Kind == AcceleratorKind.Cuda ? new(engine.Stream) : null;

    /// <summary>The milliseconds that the device takes for what is enqueued.</summary>
    public double Time(Action enqueue)
    {
        flushed.MemSet(stream, 0);
        using ProfilingMarker start = stream.AddProfilingMarker();
        enqueue();
        using ProfilingMarker end = stream.AddProfilingMarker();
        return end.MeasureFrom(start).TotalMilliseconds;
    }

    public void Dispose() => flushed.Dispose();
}
