using Deconv.Tuning;

namespace Deconv.Tests.Tuning;

/// <summary>How often a run is timed, and which time counts.</summary>
[TestClass]
public sealed class LeastTimeTests
{
    [TestMethod]
    public void The_least_time_counts_and_not_that_of_the_first_run()
    {
        var clock = new FakeClock();
        Queue<int> milliseconds = new([1, 90, 30, 60]);

        double nanoseconds = LeastTime.Nanoseconds(clock, () => clock.Advance(milliseconds.Dequeue()));

        Assert.AreEqual(30e6, nanoseconds);
        Assert.IsEmpty(milliseconds);
    }

    [TestMethod]
    [DataRow(0, 101, DisplayName = "too short to be seen: as often as allowed")]
    [DataRow(5, 11, DisplayName = "short: until they took 50 ms")]
    [DataRow(1000, 4, DisplayName = "long: three times")]
    public void Short_runs_are_timed_often_and_long_ones_are_not(int milliseconds, int expectedRuns)
    {
        var clock = new FakeClock();
        int runs = 0;

        double nanoseconds = LeastTime.Nanoseconds(clock, () =>
        {
            ++runs;
            clock.Advance(milliseconds);
        });

        Assert.AreEqual(expectedRuns, runs);
        Assert.AreEqual(milliseconds * 1e6, nanoseconds);
    }

    private sealed class FakeClock : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => now;

        public void Advance(int milliseconds) => now += milliseconds;
    }
}
