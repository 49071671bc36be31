using Deconv.Geometry;
using Deconv.MindSpore;

namespace Deconv.Frontends.MindSpore;

/// <summary>Checks MindSpore's three arguments about padding and makes one answer of them.</summary>
internal static class PadRules
{
    private const int Sides = 4;
    private const int Unset = -1;

    /// <summary>The padding; null where the sizes of a call decide it, in mode same.</summary>
    public static PerAxis<AxisPads>? Resolve(string padMode, IntTuple pad, IntTuple? padList)
    {
        bool Is(string mode) => string.Equals(padMode, mode, StringComparison.OrdinalIgnoreCase);
        bool isSame = Is("same");
        bool isPad = Is("pad");
        if (!isSame && !isPad && !Is("valid"))
            Refusal.Throw(nameof(padMode), $"'{padMode}'", "it must be 'valid', 'same' or 'pad'");

        TupleRules.Require(
            pad.Length is 1 or Sides,
            nameof(pad),
            pad,
            "it must be one number or four: top, bottom, left, right");
        foreach (int side in pad)
        {
            TupleRules.Require(side >= 0, nameof(pad), pad, "it must not be negative");
            TupleRules.Require(
                side == 0 || isPad,
                nameof(pad),
                pad,
                $"it must be 0 unless padMode is 'pad', which is '{padMode}'");
        }

        if (padList is { } list && IsSet(list))
            return PerSide(list);
        return isSame ? null : PerSide(pad.Length == 1 ? (pad[0], pad[0], pad[0], pad[0]) : pad);
    }

    /// <summary>MindSpore goes by the pad mode if any side of the list is -1.</summary>
    private static bool IsSet(IntTuple padList)
    {
        TupleRules.Require(
            padList.Length == Sides,
            nameof(padList),
            padList,
            "it must be four numbers: top, bottom, left, right");
        foreach (int side in padList)
        {
            TupleRules.Require(
                side >= Unset, nameof(padList), padList, "each number must be at least 0, or -1");
        }

        return !padList.AsSpan().Contains(Unset);
    }

    private static PerAxis<AxisPads> PerSide(IntTuple sides) =>
        PerAxis.From(axis => new AxisPads(sides[2 * (int)axis], sides[2 * (int)axis + 1]));
}
