using System.Runtime.CompilerServices;
using Deconv.Geometry;
using Deconv.MindSpore;

namespace Deconv.Frontends.MindSpore;

/// <summary>What MindSpore asks of numbers and tuples, refused whole.</summary>
internal static class TupleRules
{
    public static void Require(bool kept, string argument, IntTuple value, string rule)
    {
        if (!kept)
            Refusal.Throw(argument, $"{value}", rule);
    }

    public static void Require(
        bool kept,
        string argument,
        IntTuple value,
        [InterpolatedStringHandlerArgument(nameof(kept))] RuleText rule)
    {
        if (!kept)
            Require(kept, argument, value, rule.ToStringAndClear());
    }

    /// <summary>One positive number for both axes, or two: height, width.</summary>
    public static PerAxis<int> PerAxisOf(string argument, IntTuple value)
    {
        Require(
            value.Length is 1 or 2, argument, value, "it must be one number or two: height, width");
        return Positive(argument, value);
    }

    /// <summary>The same, or four: 1, 1, height, width, whatever the data format is.</summary>
    public static PerAxis<int> PerAxisOfFour(string argument, IntTuple value)
    {
        Require(
            value.Length is 1 or 2 or 4,
            argument,
            value,
            "it must be one number, or two: height, width, or four: 1, 1, height, width");
        Require(
            value.Length != 4 || (value[0] == 1 && value[1] == 1),
            argument,
            value,
            "the first two of four numbers must be 1");
        return Positive(argument, value);
    }

    /// <summary>The axes are the last two numbers.</summary>
    private static PerAxis<int> Positive(string argument, IntTuple value)
    {
        foreach (int number in value)
            Require(number >= 1, argument, value, "it must be at least 1");
        return PerAxis.From(axis => value.Length == 1 ? value[0] : value[value.Length - 2 + (int)axis]);
    }
}
