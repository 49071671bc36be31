using Deconv.Tests.Support;

namespace Deconv.Tests.Runtime;

[TestClass]
public sealed class ThreadingTests
{
    private static readonly Workload[] Workloads =
    [
        .. Enumerable.Range(1, 10).Select(i => new Workload(
            Workload.SmallShape with { Batch = 1 + i % 3, Input = (i, 11 - i), HasBias = i % 2 == 0 },
            seed: i)),
    ];

    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Many_threads_with_many_shapes_on_one_engine_get_the_right_bits(string accelerator)
    {
        using Engine engine = TestAccelerators.CreateOwned(accelerator);

        Exception[] failures = ManyThreads.Run(thread => CallOften(engine, thread, calls: 50));

        Assert.IsEmpty(failures, string.Join<Exception>("\n", failures));
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Two_engines_over_one_accelerator_get_the_right_bits_at_once(string accelerator)
    {
        using ForeignAccelerator foreign = ForeignAccelerator.Create(accelerator);
        using Engine one = Engine.ForAccelerator(foreign.Accelerator);
        using Engine other = Engine.ForAccelerator(foreign.Accelerator, foreign.Accelerator.CreateStream());

        Exception[] failures = ManyThreads.Run(
            thread => CallOften(thread % 2 == 0 ? one : other, thread, calls: 25));

        Assert.IsEmpty(failures, string.Join<Exception>("\n", failures));
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_call_under_disposal_is_right_or_refused_and_nothing_else(string accelerator)
    {
        for (int round = 0; round < 8; ++round)
        {
            Engine engine = TestAccelerators.CreateOwned(accelerator);
            int delay = round;
            Exception[] failures = ManyThreads.Run(thread =>
            {
                if (thread == 0)
                {
                    Thread.Sleep(delay);
                    engine.Dispose();
                    return;
                }

                Assert.ThrowsExactly<ObjectDisposedException>(
                    () => CallOften(engine, thread, calls: int.MaxValue));
            });

            Assert.IsEmpty(failures, string.Join<Exception>("\n", failures));
        }
    }

    private static void CallOften(Engine engine, int thread, int calls)
    {
        for (int call = 0; call < calls; ++call)
        {
            int next = (thread * 3 + call) % Workloads.Length;
            Workloads[next].AssertRightOn(engine, $"workload {next} on thread {thread}");
        }
    }
}
