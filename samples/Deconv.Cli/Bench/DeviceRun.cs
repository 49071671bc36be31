using ILGPU.Runtime;

namespace Deconv.Samples.Cli.Bench;

/// <summary>A way to compute a shape whose result stays on the accelerator.</summary>
internal abstract class DeviceRun<T>(Engine engine) : IBenchRun
    where T : unmanaged
{
    public abstract DeviceTensor<T> Output { get; }

    protected Engine Engine => engine;

    /// <summary>Times the work on the device; null for the host's clock, which waits for its end.</summary>
    public DeviceClock? Clock { get; init; }

    public void Poison()
    {
        // All bits set are a NaN.
        Output.View.MemSet(engine.Stream, byte.MaxValue);
        engine.Synchronize();
    }

    public void Run()
    {
        Enqueue();
        engine.Synchronize();
    }

    public double Time() => Clock?.Time(Enqueue) ?? Stopwatches.Time(Run);

    /// <summary>
    /// What the host takes for a call that it does not wait for, the least of a few turns of many; null on
    /// the CPU accelerator, whose launches are the work itself.
    /// </summary>
    public double? CallMicroseconds()
    {
        const int Turns = 5;
        const int Calls = 50;
        if (engine.Kind == AcceleratorKind.Cpu)
            return null;
        double least = double.PositiveInfinity;
        for (int turn = 0; turn < Turns; ++turn)
        {
            double milliseconds = Stopwatches.Time(() =>
            {
                for (int call = 0; call < Calls; ++call)
                    Enqueue();
            });
            least = Math.Min(least, 1e3 * milliseconds / Calls);
            engine.Synchronize();
        }

        return least;
    }

    public ReadOnlySpan<float> Result() => BenchData.Floats(Output.ToTensor());

    public virtual void Dispose() => Output.Dispose();

    /// <summary>Enqueues the work, whose end <see cref="Run"/> waits for.</summary>
    protected abstract void Enqueue();
}
