using System.Collections.Concurrent;

namespace Deconv.Tests.Support;

/// <summary>
/// The accelerators that tests run on, each with one engine shared by all tests. A row of a test
/// for an accelerator that the machine lacks ends as <see cref="Requirement"/> says.
/// </summary>
internal static class TestAccelerators
{
    private static readonly ConcurrentDictionary<string, Lazy<(Engine? Engine, string Reason)>> Engines = new();

    public static string[] Names { get; } = ["cpu", "opencl", "cuda"];

    /// <summary>Rows for DynamicData: each accelerator.</summary>
    public static IEnumerable<object[]> Rows => Names.Select(name => new object[] { name });

    /// <summary>Rows for DynamicData: each case on each accelerator.</summary>
    public static IEnumerable<object[]> Cross<T>(IEnumerable<T> cases)
        where T : notnull =>
        cases.SelectMany(_ => Names, (item, name) => new object[] { item, name });

    /// <summary>The shared engine; ends the test as skipped where the machine has none.</summary>
    public static Engine Get(string name)
    {
        (Engine? engine, string reason) = Engines.GetOrAdd(name, n => new(() => Create(n))).Value;
        if (engine is not null)
            return engine;
        Requirement.Miss(name, $"This machine has no {name} accelerator.", reason);
        throw new InvalidOperationException(reason);
    }

    /// <summary>An engine of the test's own, to be disposed as the test likes.</summary>
    public static Engine CreateOwned(string name)
    {
        _ = Get(name);
        return Engine.Create(name);
    }

    private static (Engine? Engine, string Reason) Create(string name)
    {
        try
        {
            return (Engine.Create(name), "");
        }
        catch (AcceleratorUnavailableException exception)
        {
            return (null, exception.Message);
        }
    }
}
