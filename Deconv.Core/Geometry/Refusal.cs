using System.Diagnostics.CodeAnalysis;

namespace Deconv.Geometry;

/// <summary>The one shape of refusals: argument, value, rule.</summary>
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

    public static void Unless([DoesNotReturnIf(false)] bool kept, string argument, long value, string rule)
    {
        if (!kept)
            Throw(argument, $"{value}", rule);
    }
}
