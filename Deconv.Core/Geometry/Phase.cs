namespace Deconv.Geometry;

/// <summary>
/// The taps that serve canvas coordinates y with y mod stride == <see cref="Index"/>: tap number
/// j is <see cref="FirstTap"/> + j * tap step, and reads input y / stride -
/// <see cref="FirstShift"/> - j * shift step, with the steps of the <see cref="PhaseTable"/>.
/// A phase without taps has <see cref="TapCount"/> 0: its outputs hold only the bias.
/// </summary>
internal sealed record Phase(int Index, int FirstTap, int FirstShift, int TapCount);
