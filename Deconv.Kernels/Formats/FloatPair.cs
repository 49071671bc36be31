namespace Deconv.Kernels.Formats;

/// <summary>A complex number of two floats.</summary>
internal struct FloatPair
{
    public float Real;
    public float Imaginary;
}
