using Deconv.Tests.Support;

namespace Deconv.Tests.Tuning;

/// <summary>What a tuner measures and remembers.</summary>
[TestClass]
public sealed class AutotunerTests
{
    private static readonly TuningCase Case = new();

    [TestMethod]
    public void Each_candidate_is_timed_once_in_order_and_remembered()
    {
        var timer = new FakeTimer();
        using var tuner = new Autotuner(timer.Time, null);

        var first = Case.Ask(tuner);
        var again = (Case with { Candidates = ["other", "panel", "gather"] }).Ask(tuner);

        CollectionAssert.AreEqual(Case.Candidates, timer.Asked);
        Assert.AreSame(first, again);
        CollectionAssert.AreEqual(
            new KeyValuePair<string, double>[] { new("gather", 998e3), new("other", 997e3), new("panel", 999e3) },
            first!.ToArray());
    }

    [TestMethod]
    public void Another_accelerator_call_or_set_of_candidates_is_measured_anew()
    {
        TuningCase[] others =
        [
            Case with { Accelerator = Case.Accelerator with { Kind = "opencl" } },
            Case with { Accelerator = Case.Accelerator with { Name = "a slow processor" } },
            Case with { Accelerator = Case.Accelerator with { Processors = 4 } },
            Case with { Call = Case.Call with { Batch = 7 } },
            Case with { Candidates = ["panel", "gather"] },
        ];
        var timer = new FakeTimer();
        using var tuner = new Autotuner(timer.Time, null);
        _ = Case.Ask(tuner);

        foreach (TuningCase other in others)
        {
            timer.Asked.Clear();
            _ = other.Ask(tuner);
            CollectionAssert.AreEqual(other.Candidates, timer.Asked, $"{other}");
        }
    }

    [TestMethod]
    public void A_measurement_that_fails_is_not_remembered()
    {
        bool fails = true;
        using var tuner = new Autotuner((_, _) => fails ? throw new InvalidOperationException("broken") : 1, null);

        Assert.ThrowsExactly<InvalidOperationException>(() => Case.Ask(tuner));
        fails = false;

        Assert.IsNotNull(Case.Ask(tuner));
    }

    [TestMethod]
    public void Many_threads_measure_once()
    {
        var timer = new FakeTimer();
        using var tuner = new Autotuner(timer.Time, null);

        Exception[] failures = ManyThreads.Run(thread =>
        {
            for (int batch = 1; batch <= 20; ++batch)
                Assert.IsNotNull((Case with { Call = Case.Call with { Batch = batch } }).Ask(tuner));
        });

        Assert.IsEmpty(failures, string.Join<Exception>("\n", failures));
        Assert.HasCount(20 * Case.Candidates.Length, timer.Asked);
    }

    [TestMethod]
    public void A_disposed_tuner_says_what_it_knows_and_measures_nothing()
    {
        var timer = new FakeTimer();
        var tuner = new Autotuner(timer.Time, null);
        var known = Case.Ask(tuner);
        tuner.Dispose();
        tuner.Dispose();

        Assert.AreSame(known, Case.Ask(tuner));
        Assert.IsNull((Case with { Call = Case.Call with { Batch = 7 } }).Ask(tuner));
        Assert.ThrowsExactly<ObjectDisposedException>(tuner.Save);
    }

    [TestMethod]
    public void Without_a_file_there_is_none_to_save_to()
    {
        using var tuner = new Autotuner();

        InvalidOperationException refusal = Assert.ThrowsExactly<InvalidOperationException>(tuner.Save);

        Assert.IsNull(tuner.Path);
        Assert.Contains("made without a path", refusal.Message);
    }
}
