using System.Diagnostics;
using System.Numerics.Tensors;

namespace Deconv.Samples.Cli.Bench;

/// <summary>Times runs side by side, so that what slows the machine slows all of them.</summary>
internal static class Stopwatches
{
    private const int Least = 5;
    private const int Most = 50;

    /// <summary>Enough for the median of a fast call; a slow one has the least number of runs.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(1);

    /// <summary>The median milliseconds of each, after a run of each that is not counted.</summary>
    /// <exception cref="UserErrorException">A run left a part of its result unwritten.</exception>
    public static double[] Medians(string name, IReadOnlyList<IBenchRun> runs)
    {
        foreach (IBenchRun run in runs)
            run.Run();

        List<double>[] times = [.. runs.Select(_ => new List<double>())];
        var total = Stopwatch.StartNew();
        for (int round = 0; round < Least || (round < Most && total.Elapsed < Enough); ++round)
        {
            for (int i = 0; i < runs.Count; ++i)
            {
                runs[i].Poison();
                long start = Stopwatch.GetTimestamp();
                runs[i].Run();
                times[i].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        foreach (IBenchRun run in runs)
        {
            if (TensorPrimitives.IsNaNAny(run.Result()))
                throw new UserErrorException($"{name} is not computed whole: its result has NaN.");
        }

        return [.. times.Select(Median)];
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        int middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
