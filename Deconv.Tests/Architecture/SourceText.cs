using System.Text.RegularExpressions;
using Deconv.Tests.Support;

namespace Deconv.Tests.Architecture;

/// <summary>A C# file of the library: its room (the folder under its project), and its text.</summary>
internal sealed record SourceFile(string Project, string Room, string Path, string Text)
{
    public override string ToString() => Path;
}

/// <summary>Reads the library's sources; ends the test as skipped where there are none.</summary>
internal static partial class SourceText
{
    public static SourceFile[] Read(string project)
    {
        string root = SourceTree.Root;
        string folder = Path.Combine(root, project);
        SourceFile[] files =
        [
            .. from path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
               let parts = Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)
               where parts[0] is not ("bin" or "obj")
               select new SourceFile(
                   project,
                   parts.Length > 1 ? parts[0] : "",
                   Path.GetRelativePath(root, path),
                   File.ReadAllText(path)),
        ];
        Assert.IsNotEmpty(files, folder);
        return files;
    }

    /// <summary>The types that a file declares at its top level.</summary>
    public static IEnumerable<string> DeclaredTypes(string text) =>
        Declaration().Matches(WithoutProse(text)).Select(match => match.Groups[1].Value);

    /// <summary>The words of the code, comments and literals left out.</summary>
    public static HashSet<string> Words(string text) =>
        [.. Word().Matches(WithoutProse(text)).Select(match => match.Value)];

    /// <summary>What stands between the braces of an interpolated literal is code, but goes too.</summary>
    private static string WithoutProse(string text) => Prose().Replace(text, " ");

    [GeneratedRegex("""//.*|/\*[\s\S]*?\*/|@"(?:[^"]|"")*"|"(?:\\.|[^"\\\r\n])*"|'(?:\\.|[^'\\])+'""")]
    private static partial Regex Prose();

    [GeneratedRegex(
        @"^(?:(?:public|internal|static|sealed|abstract|readonly|partial|unsafe|ref|file) )*"
        + @"(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>\[\]?.]+) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b[A-Za-z_]\w*\b")]
    private static partial Regex Word();
}
