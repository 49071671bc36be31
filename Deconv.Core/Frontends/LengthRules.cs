using System.Runtime.CompilerServices;
using Deconv.Geometry;
using Deconv.Runtime;

namespace Deconv.Frontends;

/// <summary>What front-ends ask of the lengths of a tensor, refused with all of them.</summary>
internal static class LengthRules
{
    public static void Require(bool kept, string argument, ReadOnlySpan<nint> lengths, string rule)
    {
        if (!kept)
            Refusal.Throw(argument, TensorLengths.Text(lengths), rule);
    }

    public static void Require(
        bool kept,
        string argument,
        ReadOnlySpan<nint> lengths,
        [InterpolatedStringHandlerArgument(nameof(kept))] RuleText rule)
    {
        if (!kept)
            Require(kept, argument, lengths, rule.ToStringAndClear());
    }

    public static void RequireInt32(string argument, ReadOnlySpan<nint> lengths)
    {
        foreach (nint length in lengths)
            Require(length <= int.MaxValue, argument, lengths, "each length must fit in 32 bits");
    }

    public static void RequirePositive(string argument, ReadOnlySpan<nint> lengths)
    {
        foreach (nint length in lengths)
            Require(length >= 1, argument, lengths, "each length must be at least 1");
    }
}
