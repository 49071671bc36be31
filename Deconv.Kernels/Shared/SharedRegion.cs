namespace Deconv.Kernels.Shared;

/// <summary>
/// A row run crossed with a column run: in every phase, the same taps reach all of its pixels from
/// inside the input. Phases are indices into one list, of <see cref="Regions.RunPhase"/>.
/// </summary>
internal struct SharedRegion
{
    /// <summary>Number of the region's first tile; those of a region follow each other.</summary>
    public int FirstTile;

    public SharedSpan Rows;
    public SharedSpan Columns;
}

/// <summary>One axis of a <see cref="SharedRegion"/>.</summary>
internal struct SharedSpan
{
    /// <summary>Number of steps along the axis, each of which has one pixel in each phase.</summary>
    public int Length;

    /// <summary>The input that the first tap reads at the first step.</summary>
    public int FirstInput;

    public int FirstPhase;
    public int PhaseCount;
}
