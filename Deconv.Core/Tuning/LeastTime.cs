namespace Deconv.Tuning;

/// <summary>The nanoseconds that a variant takes to run once; <paramref name="run"/> waits until it is done.</summary>
internal delegate double VariantTimer(string variant, Action run);

/// <summary>
/// Times a run by the least of several: other work on the machine makes runs longer, never shorter.
/// </summary>
internal static class LeastTime
{
    private const int LeastRuns = 3;
    private const int MostRuns = 100;

    /// <summary>Short runs are many, until they have taken this long together.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs once to warm up, then a few times, and gives the least nanoseconds of these.</summary>
    public static double Nanoseconds(TimeProvider clock, Action run)
    {
        run();
        TimeSpan least = TimeSpan.MaxValue;
        TimeSpan total = TimeSpan.Zero;
        for (int runs = 0; runs < LeastRuns || (runs < MostRuns && total < Enough); ++runs)
        {
            long start = clock.GetTimestamp();
            run();
            TimeSpan time = clock.GetElapsedTime(start);
            total += time;
            if (time < least)
                least = time;
        }

        return least.TotalNanoseconds;
    }
}
