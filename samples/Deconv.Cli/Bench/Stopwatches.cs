using System.Diagnostics;

namespace Deconv.Samples.Cli.Bench;

/// <summary>Times runs in turns, so that what slows the machine slows all of them.</summary>
internal static class Stopwatches
{
    public const string Summary =
        "the median of at least 15 calls of each, in turns of 4 calls, the first of which is not counted; the order "
        + "is reversed from round to round, and a turn that follows another's waits until all threads rest; call us is "
        + "what the host takes to enqueue a call";

    private const int LeastRounds = 5;
    private const int MostRounds = 20;

    /// <summary>After a call that is not counted: a model's calls follow each other.</summary>
    private const int CallsOfTurn = 3;

    /// <summary>Enough for the median of a fast call; a slow one has the least number of runs.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(2);

    /// <summary>Long enough for the runtime to compile again, and better, what a fast call uses.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// The median milliseconds of each, after runs of each that are not counted. The order is
    /// reversed from round to round, and a turn that follows another's waits until all threads rest,
    /// so that none has an advantage over the others or pays for what they leave running.
    /// </summary>
    /// <exception cref="IncompleteResultException">A run left a part of its result unwritten.</exception>
    public static Dictionary<IBenchRun, double> Medians(string name, IReadOnlyList<IBenchRun> runs)
    {
        foreach (IBenchRun run in runs)
        {
            var warm = Stopwatch.StartNew();
            do
                run.Run();
            while (warm.Elapsed < WarmUp);
        }

        Dictionary<IBenchRun, List<double>> times = runs.ToDictionary(run => run, _ => new List<double>());
        IBenchRun last = runs[^1];
        var total = Stopwatch.StartNew();
        for (int round = 0; round < LeastRounds || (round < MostRounds && total.Elapsed < Enough); ++round)
        {
            foreach (IBenchRun run in round % 2 == 0 ? runs : runs.Reverse())
            {
                if (run != last)
                    ThreadRest.Await();
                last = run;
                run.Run();
                for (int call = 0; call < CallsOfTurn; ++call)
                {
                    run.Poison();
                    times[run].Add(run.Time());
                }
            }
        }

        foreach (IBenchRun run in runs)
            run.RequireWhole(name);

        return times.ToDictionary(pair => pair.Key, pair => Median(pair.Value));
    }

    /// <summary>The milliseconds of some work by the host's clock.</summary>
    public static double Time(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        int middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
