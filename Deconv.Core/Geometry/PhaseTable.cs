namespace Deconv.Geometry;

/// <summary>
/// The phases of one axis. Tap t lands in phase t * dilation mod stride; with g the greatest
/// common divisor of stride and dilation, taps stride / g apart share a phase, and only
/// stride / g of the stride phases can have taps. Empty phases are not stored, so that a stride
/// much longer than the kernel costs nothing.
/// </summary>
internal sealed class PhaseTable
{
    private readonly Dictionary<int, Phase> phasesWithTaps = [];

    public PhaseTable(int kernel, int stride, int dilation)
    {
        int divisor = GreatestCommonDivisor(stride, dilation);
        Count = stride;
        TapStep = stride / divisor;
        ShiftStep = dilation / divisor;
        for (int tap = 0; tap < Math.Min(kernel, TapStep); ++tap)
        {
            (long shift, long index) = Math.DivRem((long)tap * dilation, stride);
            int tapCount = (kernel - tap - 1) / TapStep + 1;
            phasesWithTaps.Add((int)index, new((int)index, tap, (int)shift, tapCount));
        }
    }

    /// <summary>Number of phases, empty ones included: the stride.</summary>
    public int Count { get; }

    /// <summary>Distance between neighbouring taps of one phase.</summary>
    public int TapStep { get; }

    /// <summary>Distance between the inputs that such taps read, towards lower coordinates.</summary>
    public int ShiftStep { get; }

    /// <summary>The phases that have taps, by index.</summary>
    public IEnumerable<Phase> WithTaps => phasesWithTaps.Values.OrderBy(phase => phase.Index);

    /// <summary>The phase of an index in [0, <see cref="Count"/>).</summary>
    public Phase this[int index] =>
        phasesWithTaps.TryGetValue(index, out Phase? phase) ? phase : new(index, 0, 0, 0);

    private static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
