using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Deconv.Geometry;

/// <summary>
/// The one shape of refusals: argument, value, rule. A rule that is kept costs no memory, however
/// its text is made.
/// </summary>
internal static class Refusal
{
    [DoesNotReturn]
    public static void Throw(string argument, string value, string rule) =>
        throw new ArgumentException($"{argument} is {value}, but {rule}.", argument);

    public static void Unless([DoesNotReturnIf(false)] bool kept, string argument, Axis axis, long value, string rule)
    {
        if (!kept)
            Throw(argument, $"{value} on the {axis.Name()} axis", rule);
    }

    public static void Unless(
        [DoesNotReturnIf(false)] bool kept,
        string argument,
        Axis axis,
        long value,
        [InterpolatedStringHandlerArgument(nameof(kept))] RuleText rule)
    {
        if (!kept)
            Unless(kept, argument, axis, value, rule.ToStringAndClear());
    }

    public static void Unless([DoesNotReturnIf(false)] bool kept, string argument, long value, string rule)
    {
        if (!kept)
            Throw(argument, $"{value}", rule);
    }

    public static void Unless(
        [DoesNotReturnIf(false)] bool kept,
        string argument,
        long value,
        [InterpolatedStringHandlerArgument(nameof(kept))] RuleText rule)
    {
        if (!kept)
            Unless(kept, argument, value, rule.ToStringAndClear());
    }
}
