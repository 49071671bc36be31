using System.Diagnostics;

namespace Deconv.Samples.Cli.Bench;

/// <summary>
/// Tells when the threads of this process rest. Those of a pool may go on for tens of milliseconds
/// after their work, waiting for more in a loop.
/// </summary>
internal static class ThreadRest
{
    /// <summary>Longer than the intervals at which systems account the time of a running thread.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(20);

    /// <summary>Threads that have work of their own are not waited for.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits until they have taken next to no processor time for a while.</summary>
    public static void Await()
    {
        var total = Stopwatch.StartNew();
        TimeSpan before;
        TimeSpan now = Environment.CpuUsage.TotalTime;
        do
        {
            before = now;
            Thread.Sleep(Window);
            now = Environment.CpuUsage.TotalTime;
        }
        while (now - before > Window / 10 && total.Elapsed < Most);
    }
}
