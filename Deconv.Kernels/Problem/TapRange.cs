namespace Deconv.Kernels.Problem;

/// <summary>
/// The taps of one axis that reach one output coordinate: <see cref="Count"/> taps starting at
/// <see cref="FirstTap"/>, the first of which reads <see cref="FirstInput"/>. The steps from one
/// tap to the next are the same for the whole axis (see <see cref="AxisProblem"/>).
/// </summary>
internal readonly struct TapRange(int firstTap, int firstInput, int count)
{
    public readonly int FirstTap = firstTap;
    public readonly int FirstInput = firstInput;
    public readonly int Count = count;
}
