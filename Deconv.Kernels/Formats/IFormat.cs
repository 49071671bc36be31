namespace Deconv.Kernels.Formats;

/// <summary>
/// How elements in memory become numbers that sums are made of, and a sum an element: a kernel's type
/// argument. Products and sums are rounded in <typeparamref name="TSum"/>, and once more at the end
/// where elements are narrower.
/// </summary>
/// <typeparam name="TStorage">An element in memory.</typeparam>
/// <typeparam name="TSum">A number.</typeparam>
internal interface IFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged
{
    /// <summary>The number that an element stands for.</summary>
    static abstract TSum Widen(TStorage element);

    /// <summary>The element nearest to a number, the even one of two.</summary>
    static abstract TStorage Round(TSum number);

    static abstract TSum Add(TSum left, TSum right);

    /// <summary>sum + left * right.</summary>
    static abstract TSum MultiplyAdd(TSum sum, TSum left, TSum right);
}
