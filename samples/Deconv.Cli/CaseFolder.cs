using System.Text.Json;

namespace Deconv.Samples.Cli;

/// <summary>
/// Reads a folder of cases: index.json and an .npz file for each. An entry of the index has a
/// name, the operator (op, torch's where there is none) and its arguments, in args or beside the name.
/// </summary>
internal static class CaseFolder
{
    private const string Argument = "--cases";

    /// <summary>What an entry may say of its arrays, which say it themselves.</summary>
    private static readonly string[] Facts =
    [
        "name", "bias", "input", "weight", "output", "in_channels", "out_channels", "kernel_size",
    ];

    /// <exception cref="UserErrorException">The folder is not laid out so.</exception>
    public static List<VerifyCase> Read(string folder)
    {
        try
        {
            using JsonDocument index =
                JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "index.json")));
            List<VerifyCase> cases = [.. index.RootElement.EnumerateArray().Select(entry => Read(folder, entry))];
            return cases.Count > 0
                ? cases
                : throw UserErrorException.Of(Argument, folder, "its index.json lists no case");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw UserErrorException.Of(
                Argument, folder, $"it must have an index.json: {exception.Message.TrimEnd('.')}", exception);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw UserErrorException.Of(
                Argument, folder, $"its index.json must be a list of cases: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    private static VerifyCase Read(string folder, JsonElement entry)
    {
        string name = entry.TryGetProperty("name", out JsonElement text)
            ? text.GetString()!
            : throw UserErrorException.Of(Argument, folder, "a case of its index.json has no name");
        try
        {
            Operator op = entry.TryGetProperty("op", out JsonElement opName)
                ? OperatorTable.Named(opName.GetString()!)
                : TorchOperators.ConvTranspose2d;
            JsonElement values = entry.TryGetProperty("args", out JsonElement args) ? args : entry;
            return new(
                name,
                op,
                new OperatorArguments(op, values.EnumerateObject().Where(v => IsArgument(op, v.Name)).Select(Typed)),
                Path.Combine(folder, $"{name}.npz"));
        }
        catch (UserErrorException exception)
        {
            throw UserErrorException.Of(
                Argument, folder, $"its case {name} is refused: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    private static bool IsArgument(Operator op, string name) =>
        op.Options.Any(option => option.SnakeName == name) || !Facts.Contains(name);

    /// <summary>An argument as it would be typed: [1, 2] becomes 1,2.</summary>
    private static KeyValuePair<string, string?> Typed(JsonProperty argument) => new(
        "--" + argument.Name.Replace('_', '-'),
        argument.Value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Array => string.Join(",", argument.Value.EnumerateArray()),
            _ => argument.Value.ToString(),
        });
}
