using Deconv.Geometry;
using Deconv.Operators;
using Deconv.Planning;
using Deconv.Runtime;
using Deconv.Tests.Frontends;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;
using Deconv.Tests.Tuning;
using Deconv.Tuning;
using ILGPU.Runtime;

namespace Deconv.Tests.Runtime;

/// <summary>Engines that choose variants by measurement.</summary>
[TestClass]
public sealed class TunedEngineTests
{
    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    private static Accelerator Cpu => TestAccelerators.Get("cpu").Accelerator;

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Calls_that_are_timed_on_this_machine_have_the_right_bits(string accelerator)
    {
        using var tuner = new Autotuner();
        using Engine engine = Engine.ForAccelerator(TestAccelerators.Get(accelerator).Accelerator, tuner: tuner);

        Workload.Small.AssertRightOn(engine, "the call that is measured");
        Workload.Small.AssertRightOn(engine, "the call after");

        Assert.AreSame(tuner, engine.Tuner);
        foreach (VariantChoice choice in engine.Plans.Single().Comparison.Choices.Where(c => c.MeasuredNanoseconds is not null))
            Assert.IsGreaterThan(0, choice.MeasuredNanoseconds!.Value, choice.Variant.Name);
    }

    [TestMethod]
    public void The_candidates_are_timed_best_estimate_first_and_the_fastest_is_taken()
    {
        var timer = new FakeTimer();
        using var tuner = new Autotuner(timer.Time, null);
        using Engine engine = Engine.ForAccelerator(Cpu, tuner: tuner);

        Workload.Small.AssertRightOn(engine);
        Workload.Small.AssertRightOn(engine);

        CollectionAssert.AreEqual(CandidatesOfSmall(), timer.Asked);
        ConvTransposePlan plan = engine.Plans.Single();
        Assert.AreEqual(timer.Asked[^1], plan.Variant.Name);
        string explained = plan.Explain();
        Assert.Contains($"\nvariant: {timer.Asked[^1]}, which ", explained);
        for (int i = 0; i < timer.Asked.Count; ++i)
            Assert.Contains($"\n  {timer.Asked[i]} was measured to take {999 - i}.0 us\n", explained);
    }

    [TestMethod]
    public void A_variant_held_by_engine_or_call_is_taken_unmeasured()
    {
        var timer = new FakeTimer();
        using var tuner = new Autotuner(timer.Time, null);
        using Engine held = Engine.ForAccelerator(Cpu, variant: "gather", tuner: tuner);
        using Engine free = Engine.ForAccelerator(Cpu, tuner: tuner);
        using DeviceTensor<float> x = free.Allocate<float>(4), w = free.Allocate<float>(1), y = free.Allocate<float>(4);

        Workload.Small.AssertRightOn(held);
        ConvTranspose.Run(new CaseShape { Input = (2, 2), Kernel = (1, 1) }.ToSpec(), x, w, null, y, variant: "gather");

        Assert.AreEqual("gather", held.Plans.Single().Variant.Name);
        Assert.AreEqual("gather", free.Plans.Single().Variant.Name);
        Assert.IsEmpty(timer.Asked);
    }

    [TestMethod]
    public void Without_a_tuner_nothing_is_measured()
    {
        using Engine engine = Engine.ForAccelerator(Cpu);

        Workload.Small.AssertRightOn(engine);

        Assert.IsNull(engine.Tuner);
        Assert.DoesNotContain("measured", engine.Plans.Single().Explain());
    }

    [TestMethod]
    public void Engines_that_share_a_tuner_measure_once()
    {
        var timer = new FakeTimer();
        using var tuner = new Autotuner(timer.Time, null);
        using Engine one = Engine.ForAccelerator(Cpu, tuner: tuner);
        using Engine other = Engine.Create("cpu", tuner: tuner);

        Workload.Small.AssertRightOn(one);
        int asked = timer.Asked.Count;
        Workload.Small.AssertRightOn(other);

        Assert.HasCount(asked, timer.Asked);
        Assert.AreEqual(one.Plans.Single().Explain(), other.Plans.Single().Explain());
    }

    [TestMethod]
    public void What_was_saved_is_not_measured_by_the_next_tuners_engine()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("deconv-tuner-");
        try
        {
            string path = Path.Combine(folder.FullName, "tuned.json");
            var timer = new FakeTimer();
            using (var first = new Autotuner(timer.Time, path))
            using (Engine engine = Engine.ForAccelerator(Cpu, tuner: first))
                Workload.Small.AssertRightOn(engine);
            string fastest = timer.Asked[^1];
            timer.Asked.Clear();

            using var second = new Autotuner(timer.Time, path);
            using Engine next = Engine.ForAccelerator(Cpu, tuner: second);
            Workload.Small.AssertRightOn(next);

            Assert.AreEqual(fastest, next.Plans.Single().Variant.Name);
            Assert.IsEmpty(timer.Asked);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Times_hold_for_hardware_and_not_for_the_name_that_all_cpu_accelerators_share(string accelerator)
    {
        Accelerator device = TestAccelerators.Get(accelerator).Accelerator;

        AcceleratorIdentity identity = DeviceDescription.IdentityOf(device);

        Assert.AreEqual(accelerator, identity.Kind);
        Assert.AreEqual(
            accelerator == "cpu" ? Environment.ProcessorCount : device.NumMultiprocessors, identity.Processors);
        Assert.IsGreaterThan(0, identity.Name.Length);
        Assert.AreEqual(accelerator != "cpu", identity.Name == device.Name);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Many_threads_on_two_engines_with_one_tuner_get_the_right_bits(string accelerator)
    {
        using var tuner = new Autotuner();
        using Engine one = Engine.ForAccelerator(TestAccelerators.Get(accelerator).Accelerator, tuner: tuner);
        using ForeignAccelerator foreign = ForeignAccelerator.Create(accelerator);
        using Engine other = Engine.ForAccelerator(foreign.Accelerator, tuner: tuner);
        Workload[] workloads =
            [.. Enumerable.Range(1, 4).Select(i => new Workload(Workload.SmallShape with { Input = (i, 5 - i) }, i))];

        Exception[] failures = ManyThreads.Run(thread =>
        {
            for (int call = 0; call < 8; ++call)
                workloads[(thread + call) % workloads.Length].AssertRightOn(thread % 2 == 0 ? one : other);
        });

        Assert.IsEmpty(failures, string.Join<Exception>("\n", failures));
    }

    [TestMethod]
    public void Tuner_and_engine_are_disposed_in_any_order()
    {
        var timer = new FakeTimer();
        var tuner = new Autotuner(timer.Time, null);
        using Engine engine = Engine.ForAccelerator(Cpu, tuner: tuner);
        Workload.Small.AssertRightOn(engine);
        int asked = timer.Asked.Count;

        tuner.Dispose();
        Workload.Small.AssertRightOn(engine);
        new Workload(Workload.SmallShape with { Batch = 3 }).AssertRightOn(engine);
        using Engine late = Engine.ForAccelerator(Cpu, tuner: tuner);
        Workload.Small.AssertRightOn(late);

        Assert.HasCount(asked, timer.Asked);
        Assert.Contains("measured", late.Plans.Single().Explain());
        Assert.HasCount(1, engine.Plans.Where(plan => plan.Explain().Contains("measured", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_call_whose_measurement_fails_may_be_made_again()
    {
        bool fails = true;
        using var tuner = new Autotuner(
            (_, run) =>
            {
                run();
                return fails ? throw new InvalidOperationException("broken") : 1;
            },
            null);
        using Engine engine = Engine.ForAccelerator(Cpu, tuner: tuner);

        Assert.ThrowsExactly<InvalidOperationException>(() => Workload.Small.AssertRightOn(engine));
        fails = false;

        Workload.Small.AssertRightOn(engine);
    }

    [TestMethod]
    public void A_warm_call_allocates_no_more_than_with_its_variant_held()
    {
        const string Name = "torch module";
        var timer = new FakeTimer();
        using var tuner = new Autotuner(timer.Time, null);
        using Engine tuned = Engine.ForAccelerator(Cpu, tuner: tuner);
        using var tunedCall = new WarmCall(Name, tuned);
        long bytes = ManagedMemory.OfWarmCalls(tunedCall.Run);

        using Engine held = Engine.ForAccelerator(Cpu, variant: timer.Asked[^1]);
        using var heldCall = new WarmCall(Name, held);
        Assert.AreEqual(ManagedMemory.OfWarmCalls(heldCall.Run), bytes);
    }

    private static string[] CandidatesOfSmall() =>
    [
        .. Planner
            .Plan(new ConvTransposeGeometry(Workload.SmallShape.ToSpec()), DeviceDescription.LimitsOf(Cpu))
            .Comparison.Choices
            .Where(c => c.Refusal is null)
            .OrderBy(c => c.Nanoseconds)
            .Select(c => c.Variant.Name)
            .Take(3),
    ];
}
