namespace Deconv.Kernels.Formats;

/// <summary>Four values side by side, which move between memory and registers in as few steps as they can.</summary>
internal struct FourValues<T>
    where T : unmanaged
{
    public T X;
    public T Y;
    public T Z;
    public T W;

    /// <summary>sum + scalar * values, element by element.</summary>
    public static FourValues<T> MultiplyAdd<TFormat, TStorage>(FourValues<T> sum, T scalar, FourValues<T> values)
        where TFormat : struct, IFormat<TStorage, T>
        where TStorage : unmanaged
    {
        sum.X = TFormat.MultiplyAdd(sum.X, scalar, values.X);
        sum.Y = TFormat.MultiplyAdd(sum.Y, scalar, values.Y);
        sum.Z = TFormat.MultiplyAdd(sum.Z, scalar, values.Z);
        sum.W = TFormat.MultiplyAdd(sum.W, scalar, values.W);
        return sum;
    }
}
