using System.Numerics.Tensors;
using Deconv.Samples.Cli.Bench;
using Deconv.Tests.Support;

namespace Deconv.Tests.Samples;

/// <summary>The clock of a device, which runs wherever a context has profiling.</summary>
[TestClass]
public sealed class DeviceClockTests
{
    private static readonly BenchShape Shape = new("odd", 1, 3, 4, 5, 5, [3, 2], [2, 1], [1, 0], [0, 0], [1, 1], 1);

    [TestMethod]
    [DynamicData(nameof(TestAccelerators.Rows), typeof(TestAccelerators))]
    public void A_call_is_timed_once_and_to_its_end(string accelerator)
    {
        using var foreign = ForeignAccelerator.CreateProfiled(accelerator);
        using Engine engine = Engine.ForAccelerator(foreign.Accelerator);
        using var clock = new DeviceClock(engine.Stream);
        using var run = new ModuleRun<float>(engine, Shape, new(Shape)) { Clock = clock };

        run.Poison();
        double milliseconds = run.Time();

        Assert.IsGreaterThan(0, milliseconds);
        Assert.IsFalse(TensorPrimitives.IsNaNAny(run.Result()));
        int calls = 0;
        clock.Time(() => ++calls);
        Assert.AreEqual(1, calls);
    }

    [TestMethod]
    [DynamicData(nameof(TestAccelerators.Rows), typeof(TestAccelerators))]
    public void Cuda_alone_is_timed_by_its_device(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        using DeviceClock? clock = DeviceClock.Of(engine);

        Assert.AreEqual(accelerator == "cuda", clock is not null);
        if (clock is not null)
            Assert.IsGreaterThanOrEqualTo(0, clock.Time(() => { }));
    }
}
