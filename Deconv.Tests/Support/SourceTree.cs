using System.Reflection;

namespace Deconv.Tests.Support;

/// <summary>The sources that the tests were built from, for tests about the sources.</summary>
internal static class SourceTree
{
    /// <summary>The project's folder as it was at build time; it may be on another machine.</summary>
    public static string TestProject { get; } = typeof(SourceTree).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ProjectDirectory").Value!;

    private static string Root => Path.GetDirectoryName(TestProject)!;

    /// <summary>Reads a file; ends the test as skipped where the sources are not at hand.</summary>
    public static string Read(string path)
    {
        string file = Path.Combine(Root, path);
        if (!File.Exists(file))
            Assert.Inconclusive($"The sources are not at hand: no {path}.");
        return File.ReadAllText(file);
    }
}
