using System.Numerics.Tensors;

namespace Deconv.Samples.Cli.Bench;

/// <summary>One way to compute a shape again and again on data of its own.</summary>
internal interface IBenchRun : IDisposable
{
    /// <summary>Fills the result with NaN, so that a run that writes nothing is seen. Not timed.</summary>
    void Poison();

    /// <summary>Computes once, to the end.</summary>
    void Run();

    /// <summary>Computes once, to the end, and gives the milliseconds that it took.</summary>
    double Time() => Stopwatches.Time(Run);

    /// <summary>The result of the last run, as floats.</summary>
    ReadOnlySpan<float> Result();

    /// <exception cref="IncompleteResultException">The last run left a part of its result unwritten.</exception>
    void RequireWhole(string name)
    {
        if (TensorPrimitives.IsNaNAny(Result()))
            throw new IncompleteResultException(name);
    }
}
