using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Deconv.Geometry;

namespace Deconv.Tuning;

/// <summary>
/// The file of a tuner: JSON, an entry a line, the lines in order, so that it can be read, compared
/// and cut by people.
/// </summary>
internal static class TuningFile
{
    private const string Format = "Deconv.Autotuner 1";

    /// <summary>The entries of a file; none where there is no file.</summary>
    /// <exception cref="InvalidDataException">It is no whole file of a tuner.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static ImmutableArray<TuningEntry> Read(string path)
    {
        try
        {
            // Another process may put a new file in its place meanwhile.
            using var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            TuningDocument? document = JsonSerializer.Deserialize(stream, TuningJson.Default.TuningDocument);
            if (document?.Format != Format)
                throw Refuse(path, $"its format is not \"{Format}\"");
            return [.. document.Entries.Select(entry => Require(path, entry))];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
        catch (JsonException exception)
        {
            throw Refuse(path, exception.Message, exception);
        }
    }

    /// <summary>Writes a file beside the one of that name, and puts it in its place when it is whole.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public static void Write(string path, IEnumerable<TuningEntry> entries)
    {
        string temporary = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            File.WriteAllText(temporary, Text(entries));
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static string Text(IEnumerable<TuningEntry> entries)
    {
        IEnumerable<string> lines = entries
            .Select(entry => JsonSerializer.Serialize(entry, TuningJson.Default.TuningEntry))
            .Order(StringComparer.Ordinal);
        return new StringBuilder($"{{\"format\":\"{Format}\",\"entries\":[\n")
            .AppendJoin(",\n", lines)
            .Append("\n]}\n")
            .ToString();
    }

    private static TuningEntry Require(string path, TuningEntry? entry)
    {
        if (entry is null || entry.Nanoseconds.IsEmpty || entry.Nanoseconds.Values.Any(time => time < 0))
            throw Refuse(path, "it has an entry without times, or with a negative one");
        try
        {
            entry.Call.Axes.Height.Require(Axis.Height);
            entry.Call.Axes.Width.Require(Axis.Width);
            return entry;
        }
        catch (ArgumentException exception)
        {
            throw Refuse(path, $"it has a call that cannot be computed: {exception.Message}", exception);
        }
    }

    private static InvalidDataException Refuse(string path, string reason, Exception? cause = null) =>
        new($"'{path}' is no file of an {nameof(Autotuner)}: {reason}", cause);
}
