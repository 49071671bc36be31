namespace Deconv.Kernels.Winograd;

/// <summary>
/// One phase along an axis: output FirstOutput + i * stride is the sum of <see cref="Taps"/> taps times
/// the inputs from <see cref="FirstInput"/> + i on, the last tap of the residue class first.
/// </summary>
internal unsafe struct WinogradPhase
{
    public const int MaxPositions = 4;

    /// <summary>0 for a phase that holds only the bias.</summary>
    public int Taps;

    /// <summary>The residue class of its taps.</summary>
    public int Residue;

    /// <summary>May be outside the input, which zeros surround.</summary>
    public int FirstInput;

    /// <summary>Products of a block.</summary>
    public int Positions;

    /// <summary>Columns only: which of the panel's column positions these are.</summary>
    public fixed int Indices[MaxPositions];
}

/// <summary>
/// A column position of the panel: what of a row of inputs is multiplied, the input
/// <see cref="First"/> columns after the block's first plus <see cref="Sign"/> times another.
/// </summary>
internal record struct WinogradPosition(int First, int Second, int Sign);
