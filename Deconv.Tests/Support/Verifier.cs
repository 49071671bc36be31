using System.Runtime.CompilerServices;
using System.Text;

namespace Deconv.Tests.Support;

/// <summary>
/// Compares texts with snapshots, with the names and the file layout of the package Verify:
/// <c>Class.Method.verified.txt</c> beside the test, and a <c>.received.txt</c> next to it when they
/// differ. To be replaced by the package once the feed that the project builds from serves it.
/// </summary>
internal sealed class Verifier(string directory, string className)
{
    private const int RootNamespaceLength = 2;

    private static readonly Lock FilesLock = new();

    /// <summary>
    /// Snapshots of a test class lie beside its source, whose folder is that of its namespace; where
    /// the sources are absent, copies lie beside the assembly.
    /// </summary>
    public static Verifier For<TTest>()
    {
        string root = SourceTree.TestProject ?? AppContext.BaseDirectory;
        string[] folders = typeof(TTest).Namespace!.Split('.')[RootNamespaceLength..];
        return new(Path.Combine([root, .. folders]), typeof(TTest).Name);
    }

    /// <summary>Fails unless the text is the snapshot's.</summary>
    /// <param name="text">The text received.</param>
    /// <param name="ignoredParameters">
    /// Parameters of the test row such as <c>accelerator=cpu</c> that share one snapshot: they
    /// name the received file only.
    /// </param>
    /// <param name="method">The test.</param>
    public void Verify(string text, string ignoredParameters = "", [CallerMemberName] string method = "")
    {
        string received = ignoredParameters.Length == 0 ? method : $"{method}_{ignoredParameters}";
        string verifiedPath = Path.Combine(directory, $"{className}.{method}.verified.txt");
        string receivedPath = Path.Combine(directory, $"{className}.{received}.received.txt");
        string actual = Normalize(text);
        lock (FilesLock)
        {
            if (File.Exists(verifiedPath) && Normalize(File.ReadAllText(verifiedPath)) == actual)
            {
                File.Delete(receivedPath);
                return;
            }

            Directory.CreateDirectory(directory);
            File.WriteAllText(receivedPath, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        Assert.Fail(
            $"The text is not the snapshot's. Received: {receivedPath} Verified: {verifiedPath} "
            + "If the received text is right, copy it over the verified one.");
    }

    private static string Normalize(string text) =>
        text.ReplaceLineEndings("\n").TrimEnd('\n');
}
