using System.Collections.Concurrent;

namespace Deconv.Tests.Support;

/// <summary>Runs the same work on several threads at once.</summary>
internal static class ManyThreads
{
    public const int Count = 8;

    /// <summary>Passes each thread its number; returns what the threads threw.</summary>
    public static Exception[] Run(Action<int> work)
    {
        var failures = new ConcurrentBag<Exception>();
        Thread[] threads =
        [
            .. Enumerable.Range(0, Count).Select(index => new Thread(() =>
            {
#pragma warning disable CA1031 // Every failure of a thread is the test's to report.
                try
                {
                    work(index);
                }
                catch (Exception exception)
                {
                    failures.Add(exception);
                }
#pragma warning restore CA1031
            })),
        ];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        return [.. failures];
    }
}
