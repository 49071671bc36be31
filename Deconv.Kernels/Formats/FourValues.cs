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

    /// <summary>Each value and the number.</summary>
    public static FourValues<T> Add<TFormat, TStorage>(FourValues<T> values, T number)
        where TFormat : struct, IFormat<TStorage, T>
        where TStorage : unmanaged
    {
        values.X = TFormat.Add(values.X, number);
        values.Y = TFormat.Add(values.Y, number);
        values.Z = TFormat.Add(values.Z, number);
        values.W = TFormat.Add(values.W, number);
        return values;
    }

    /// <summary>The numbers that elements stand for.</summary>
    public static FourValues<T> Widen<TFormat, TStorage>(FourValues<TStorage> elements)
        where TFormat : struct, IFormat<TStorage, T>
        where TStorage : unmanaged
    {
        FourValues<T> numbers = default;
        numbers.X = TFormat.Widen(elements.X);
        numbers.Y = TFormat.Widen(elements.Y);
        numbers.Z = TFormat.Widen(elements.Z);
        numbers.W = TFormat.Widen(elements.W);
        return numbers;
    }

    /// <summary>The value with a number, without an array.</summary>
    public static T At(FourValues<T> values, int index)
    {
        T upToSecond = index == 0 ? values.X : values.Y;
        T last = index == 2 ? values.Z : values.W;
        return index < 2 ? upToSecond : last;
    }
}
