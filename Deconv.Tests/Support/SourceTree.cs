using System.Reflection;

namespace Deconv.Tests.Support;

/// <summary>The sources that the tests were built from, where they are still at hand.</summary>
internal static class SourceTree
{
    /// <summary>This project's folder; null on a machine that has only the built tests.</summary>
    public static string? TestProject { get; } = typeof(SourceTree).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(attribute => attribute.Key == "ProjectDirectory")
        .Select(attribute => attribute.Value)
        .FirstOrDefault(Directory.Exists);

    /// <summary>The checkout; ends the test as skipped where there is none.</summary>
    public static string Root
    {
        get
        {
            if (TestProject is null)
                Assert.Inconclusive("The sources are not on this machine.");
            return Path.GetDirectoryName(TestProject)!;
        }
    }
}
