namespace Deconv.Samples.Cli;

/// <summary>Something that the user asked for cannot be done; the message is for them.</summary>
internal sealed class UserErrorException(string message, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>The one shape of errors: argument, value, rule.</summary>
    public static UserErrorException Of(string argument, string value, string rule, Exception? cause = null) =>
        new($"{argument} is '{value}', but {rule}.", cause);
}
