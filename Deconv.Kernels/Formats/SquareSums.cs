using ILGPU;

namespace Deconv.Kernels.Formats;

/// <summary>
/// Four rows of four sums: a field for each, since ILGPU keeps an indexed array in slow local memory.
/// </summary>
internal struct SquareSums<TSum>
    where TSum : unmanaged
{
    public FourValues<TSum> R0;
    public FourValues<TSum> R1;
    public FourValues<TSum> R2;
    public FourValues<TSum> R3;

    /// <summary>Adds the outer product of the rows' factors and the columns'.</summary>
    public static SquareSums<TSum> MultiplyAdd<TFormat, TStorage>(
        SquareSums<TSum> sum, FourValues<TSum> rows, FourValues<TSum> columns)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
    {
        sum.R0 = FourValues<TSum>.MultiplyAdd<TFormat, TStorage>(sum.R0, rows.X, columns);
        sum.R1 = FourValues<TSum>.MultiplyAdd<TFormat, TStorage>(sum.R1, rows.Y, columns);
        sum.R2 = FourValues<TSum>.MultiplyAdd<TFormat, TStorage>(sum.R2, rows.Z, columns);
        sum.R3 = FourValues<TSum>.MultiplyAdd<TFormat, TStorage>(sum.R3, rows.W, columns);
        return sum;
    }

    /// <summary>Adds a number of its own to each row.</summary>
    public static SquareSums<TSum> AddToRows<TFormat, TStorage>(SquareSums<TSum> sum, FourValues<TSum> numbers)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
    {
        sum.R0 = FourValues<TSum>.Add<TFormat, TStorage>(sum.R0, numbers.X);
        sum.R1 = FourValues<TSum>.Add<TFormat, TStorage>(sum.R1, numbers.Y);
        sum.R2 = FourValues<TSum>.Add<TFormat, TStorage>(sum.R2, numbers.Z);
        sum.R3 = FourValues<TSum>.Add<TFormat, TStorage>(sum.R3, numbers.W);
        return sum;
    }

    /// <summary>Writes the sums of a column, rows <paramref name="pitch"/> numbers apart.</summary>
    public static void StoreColumn(SquareSums<TSum> sum, int column, ArrayView<TSum> target, int pitch)
    {
        target[0] = FourValues<TSum>.At(sum.R0, column);
        target[pitch] = FourValues<TSum>.At(sum.R1, column);
        target[2 * pitch] = FourValues<TSum>.At(sum.R2, column);
        target[3 * pitch] = FourValues<TSum>.At(sum.R3, column);
    }
}
