using System.Collections.Immutable;
using System.Globalization;

namespace Deconv.Samples.Cli;

/// <summary>An argument of an operator that is no array: whole numbers, or text.</summary>
/// <param name="Name">Its name in kebab case, as typed: <c>--output-padding</c>.</param>
/// <param name="Description">What it means, for the help.</param>
/// <param name="Counts">How many numbers may be given; empty for text.</param>
internal sealed record OperatorOption(string Name, string Description, ImmutableArray<int> Counts)
{
    /// <summary>The name as frameworks and lists of cases write it: <c>output_padding</c>.</summary>
    public string SnakeName => Name[2..].Replace('-', '_');

    public bool IsRequired { get; init; }

    public bool IsText => Counts.IsEmpty;

    public string HelpName => IsText ? "name" : Counts[^1] == 1 ? "number" : "numbers";

    /// <summary>An argument with a value for each axis; one number stands for both.</summary>
    public static OperatorOption Pair(string name, string description) =>
        new(name, $"{description}; one number for both axes, or height,width.", [1, 2]);

    public static OperatorOption Integer(string name, string description) => new(name, description, [1]);

    public static OperatorOption Text(string name, string description) => new(name, description, []);

    /// <exception cref="UserErrorException">The text is not as many numbers as there must be.</exception>
    public int[] ParseNumbers(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        var numbers = new int[parts.Length];
        bool areNumbers = true;
        for (int i = 0; i < parts.Length; ++i)
        {
            areNumbers &= int.TryParse(
                parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]);
        }

        if (!areNumbers || !Counts.Contains(parts.Length))
            throw UserErrorException.Of(Name, text, $"it must be {Rule}");
        return numbers;
    }

    private string Rule => Counts is [1]
        ? "a whole number of 32 bits"
        : $"{string.Join(" or ", Counts)} whole numbers of 32 bits with commas between them, "
            + $"such as {string.Join(",", Enumerable.Range(1, Counts[^1]))}";
}
