namespace Deconv.Tests.Support;

/// <summary>Counts what a call takes from the managed heap.</summary>
internal static class ManagedMemory
{
    public const int CallsPerRound = 20;

    private const int WarmUps = 3;
    private const int Rounds = 5;

    /// <summary>
    /// The bytes that this thread allocates in a number of warm calls: the least of several
    /// rounds, because locks that are waited for the first time allocate once.
    /// </summary>
    public static long OfWarmCalls(Action call)
    {
        for (int i = 0; i < WarmUps; ++i)
            call();

        long least = long.MaxValue;
        for (int round = 0; round < Rounds; ++round)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < CallsPerRound; ++i)
                call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
