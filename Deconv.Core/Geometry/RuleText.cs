using System.Runtime.CompilerServices;

namespace Deconv.Geometry;

/// <summary>
/// The rule of a refusal, written as an interpolated string: the compiler makes it one of these
/// where a method asks for it, and what stands in its braces is evaluated only if the rule is broken.
/// </summary>
[InterpolatedStringHandler]
internal ref struct RuleText
{
    private DefaultInterpolatedStringHandler text;

    public RuleText(int literalLength, int formattedCount, bool kept, out bool isNeeded)
    {
        isNeeded = !kept;
        text = kept ? default : new(literalLength, formattedCount);
    }

    public void AppendLiteral(string value) => text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => text.AppendFormatted(value);

    /// <summary>The text; asked for once, and only if the rule is broken.</summary>
    public string ToStringAndClear() => text.ToStringAndClear();
}
