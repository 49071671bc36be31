namespace Deconv.Kernels.Formats;

/// <summary>A complex number of two doubles.</summary>
internal struct DoublePair
{
    public double Real;
    public double Imaginary;
}
