using System.Numerics;
using Deconv.Kernels.Formats;
using ILGPU;

namespace Deconv.Kernels.Panel.Portable;

internal static class Lanes
{
    public const int Count = 16;
}

/// <summary>Sixteen numbers side by side, for compilers to make vectors of.</summary>
internal struct Lanes<TSum>
    where TSum : unmanaged, INumberBase<TSum>
{
    private TSum e0;
    private TSum e1;
    private TSum e2;
    private TSum e3;
    private TSum e4;
    private TSum e5;
    private TSum e6;
    private TSum e7;
    private TSum e8;
    private TSum e9;
    private TSum e10;
    private TSum e11;
    private TSum e12;
    private TSum e13;
    private TSum e14;
    private TSum e15;

    public static Lanes<TSum> Load(ArrayView<TSum> view, long index) => new()
    {
        e0 = view[index],
        e1 = view[index + 1],
        e2 = view[index + 2],
        e3 = view[index + 3],
        e4 = view[index + 4],
        e5 = view[index + 5],
        e6 = view[index + 6],
        e7 = view[index + 7],
        e8 = view[index + 8],
        e9 = view[index + 9],
        e10 = view[index + 10],
        e11 = view[index + 11],
        e12 = view[index + 12],
        e13 = view[index + 13],
        e14 = view[index + 14],
        e15 = view[index + 15],
    };

    public static Lanes<TSum> Widen<TFormat, TStorage>(ArrayView<TStorage> view, long index)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged => new()
        {
            e0 = TFormat.Widen(view[index]),
            e1 = TFormat.Widen(view[index + 1]),
            e2 = TFormat.Widen(view[index + 2]),
            e3 = TFormat.Widen(view[index + 3]),
            e4 = TFormat.Widen(view[index + 4]),
            e5 = TFormat.Widen(view[index + 5]),
            e6 = TFormat.Widen(view[index + 6]),
            e7 = TFormat.Widen(view[index + 7]),
            e8 = TFormat.Widen(view[index + 8]),
            e9 = TFormat.Widen(view[index + 9]),
            e10 = TFormat.Widen(view[index + 10]),
            e11 = TFormat.Widen(view[index + 11]),
            e12 = TFormat.Widen(view[index + 12]),
            e13 = TFormat.Widen(view[index + 13]),
            e14 = TFormat.Widen(view[index + 14]),
            e15 = TFormat.Widen(view[index + 15]),
        };

    public readonly Lanes<TSum> MultiplyAdd<TProduct>(TSum factor, Lanes<TSum> other)
        where TProduct : struct, IProduct<TSum> => new()
        {
            e0 = TProduct.MultiplyAdd(factor, other.e0, e0),
            e1 = TProduct.MultiplyAdd(factor, other.e1, e1),
            e2 = TProduct.MultiplyAdd(factor, other.e2, e2),
            e3 = TProduct.MultiplyAdd(factor, other.e3, e3),
            e4 = TProduct.MultiplyAdd(factor, other.e4, e4),
            e5 = TProduct.MultiplyAdd(factor, other.e5, e5),
            e6 = TProduct.MultiplyAdd(factor, other.e6, e6),
            e7 = TProduct.MultiplyAdd(factor, other.e7, e7),
            e8 = TProduct.MultiplyAdd(factor, other.e8, e8),
            e9 = TProduct.MultiplyAdd(factor, other.e9, e9),
            e10 = TProduct.MultiplyAdd(factor, other.e10, e10),
            e11 = TProduct.MultiplyAdd(factor, other.e11, e11),
            e12 = TProduct.MultiplyAdd(factor, other.e12, e12),
            e13 = TProduct.MultiplyAdd(factor, other.e13, e13),
            e14 = TProduct.MultiplyAdd(factor, other.e14, e14),
            e15 = TProduct.MultiplyAdd(factor, other.e15, e15),
        };

    public readonly void Store(ArrayView<TSum> view, long index)
    {
        view[index] = e0;
        view[index + 1] = e1;
        view[index + 2] = e2;
        view[index + 3] = e3;
        view[index + 4] = e4;
        view[index + 5] = e5;
        view[index + 6] = e6;
        view[index + 7] = e7;
        view[index + 8] = e8;
        view[index + 9] = e9;
        view[index + 10] = e10;
        view[index + 11] = e11;
        view[index + 12] = e12;
        view[index + 13] = e13;
        view[index + 14] = e14;
        view[index + 15] = e15;
    }
}
