using System.Text;

namespace Deconv.Samples.Cli;

/// <summary>Says in the command line's words what the library says in its own.</summary>
internal static class Wording
{
    /// <summary>
    /// A refusal of the library with the argument named as it was typed: outputPadding becomes
    /// --output-padding.
    /// </summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="op">The operator that refused; null where it was the engine.</param>
    public static string Of(ArgumentException refusal, Operator? op = null)
    {
        string message = refusal.Message;
        if (refusal.ParamName is not string parameter)
            return message;
        string suffix = $" (Parameter '{parameter}')";
        if (message.EndsWith(suffix, StringComparison.Ordinal))
            message = message[..^suffix.Length];
        return OptionOf(parameter, op) is string option
            && message.StartsWith(parameter, StringComparison.Ordinal)
            ? option + message[parameter.Length..]
            : message;
    }

    public static string OneLine(string message) => message.ReplaceLineEndings(" ");

    private static string? OptionOf(string parameter, Operator? op)
    {
        if (parameter == op?.InputParameter)
            return "--input";
        string option = "--" + Kebab(parameter);
        return option is "--accelerator" or "--variant" or "--weight" or "--bias"
            || op?.Options.Any(o => o.Name == option) == true
            ? option
            : null;
    }

    private static string Kebab(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name)
            text.Append(char.IsUpper(c) ? $"-{char.ToLowerInvariant(c)}" : c == '_' ? "-" : c.ToString());
        return text.ToString();
    }
}
