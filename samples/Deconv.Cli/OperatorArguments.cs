namespace Deconv.Samples.Cli;

/// <summary>The values given for an operator's options, checked for their form only.</summary>
internal sealed class OperatorArguments
{
    private readonly Dictionary<OperatorOption, string> texts = [];
    private readonly Dictionary<OperatorOption, int[]> numbers = [];

    /// <param name="op">The operator.</param>
    /// <param name="given">Values by the options' names as typed; null where none was given.</param>
    /// <exception cref="UserErrorException">
    /// A value has not the form of its option, the operator has no such option, or needs another.
    /// </exception>
    public OperatorArguments(Operator op, IEnumerable<KeyValuePair<string, string?>> given)
    {
        foreach ((string name, string? text) in given)
        {
            if (text is null)
                continue;
            OperatorOption option = op.Options.FirstOrDefault(o => o.Name == name)
                ?? throw UserErrorException.Of(
                    name, text, $"{op.Name} has no such argument; it has {op.OptionNames}");
            texts.Add(option, text);
            if (!option.IsText)
                numbers.Add(option, option.ParseNumbers(text));
        }

        if (op.Options.FirstOrDefault(o => o.IsRequired && !texts.ContainsKey(o)) is OperatorOption missing)
            throw new UserErrorException($"{missing.Name} is missing, but {op.Name} needs it.");
    }

    public string? Text(OperatorOption option) => texts.GetValueOrDefault(option);

    public int[]? Numbers(OperatorOption option) => numbers.GetValueOrDefault(option);

    /// <summary>The value of an option that takes one number; null where none was given.</summary>
    public int? Number(OperatorOption option) => Numbers(option)?[0];

    /// <summary>The values of an option that takes one number or a pair.</summary>
    public PerAxis<int>? Pair(OperatorOption option) => Numbers(option) switch
    {
        null => null,
        [int both] => both,
        [int height, int width, ..] => (height, width),
        _ => throw new InvalidOperationException(option.Name),
    };
}
