using CsCheck;
using Deconv.Tests.Oracles;

namespace Deconv.Tests.Frontends;

/// <summary>The arguments of one axis, where a padding is cut off both sides.</summary>
internal readonly record struct AxisArguments(
    int Input, int Kernel, int Stride, int Dilation, int Padding, int OutputPadding)
{
    /// <summary>Wide, so that it is right where 64 bits are not enough.</summary>
    public Int128 Output =>
        ((Int128)Input - 1) * Stride + (Int128)Dilation * (Kernel - 1) + 1 - 2 * (Int128)Padding + OutputPadding;
}

/// <summary>A call that torch or MegEngine accepts, small enough for the oracle.</summary>
internal sealed record LegalCall(
    int? Batch,
    int Groups,
    int GroupInputChannels,
    int GroupOutputChannels,
    bool HasBias,
    PerAxis<AxisArguments> Axes,
    int Seed)
{
    /// <summary>Draws calls, the output padding below a limit that is the framework's.</summary>
    public static Gen<LegalCall> Gen(Func<AxisArguments, int> limit)
    {
        Gen<AxisArguments> axis = CsCheck.Gen.Select(
            CsCheck.Gen.Int[1, 5],
            CsCheck.Gen.Int[1, 4],
            CsCheck.Gen.Int[1, 4],
            CsCheck.Gen.Int[1, 4],
            CsCheck.Gen.Int[0, 100],
            CsCheck.Gen.Int[0, 100],
            (input, kernel, stride, dilation, padding, outputPadding) =>
            {
                var uncut = new AxisArguments(input, kernel, stride, dilation, 0, 0);
                AxisArguments padded = uncut with { OutputPadding = outputPadding % limit(uncut) };
                return padded with { Padding = padding % ((int)(padded.Output + 1) / 2) };
            });
        return CsCheck.Gen.Select(
            CsCheck.Gen.Int[-1, 3],
            CsCheck.Gen.Int[1, 3],
            CsCheck.Gen.Int[1, 3],
            CsCheck.Gen.Int[1, 3],
            CsCheck.Gen.Bool,
            CsCheck.Gen.Select(axis, axis),
            CsCheck.Gen.Int[0, 1000],
            (batch, groups, ci, co, hasBias, axes, seed) => new LegalCall(
                batch < 0 ? null : batch, groups, ci, co, hasBias, (axes.Item1, axes.Item2), seed));
    }

    public PerAxis<int> Of(Func<AxisArguments, int> value) => (value(Axes.Height), value(Axes.Width));

    public ConvTransposeCase ToCase()
    {
        var shape = new CaseShape
        {
            Batch = Batch ?? 1,
            Groups = Groups,
            GroupInputChannels = GroupInputChannels,
            GroupOutputChannels = GroupOutputChannels,
            HasBias = HasBias,
            Input = Of(axis => axis.Input),
            Kernel = Of(axis => axis.Kernel),
            Stride = Of(axis => axis.Stride),
            Dilation = Of(axis => axis.Dilation),
            Crop = Of(axis => axis.Padding),
            Output = Of(axis => (int)axis.Output),
        };
        return CaseData.Dyadic(shape.ToSpec(), Seed);
    }

    /// <summary>A shape with the batch, if there is one, and the values of height and width.</summary>
    public nint[] Shape(int channels, Func<AxisArguments, int> value)
    {
        nint[] sample = [channels, value(Axes.Height), value(Axes.Width)];
        return Batch is { } batch ? [batch, .. sample] : sample;
    }
}
