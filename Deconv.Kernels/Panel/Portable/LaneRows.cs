using System.Numerics;
using ILGPU;

namespace Deconv.Kernels.Panel.Portable;

/// <summary>
/// Rows of sums that stay in registers: types nest where loops would not be unrolled.
/// </summary>
internal interface ILaneRows<TSelf, TSum>
    where TSelf : struct, ILaneRows<TSelf, TSum>
    where TSum : unmanaged, INumberBase<TSum>
{
    int Rows { get; }

    /// <summary>Adds the lanes times the weight of each row.</summary>
    TSelf MultiplyAdd<TProduct>(ArrayView<TSum> weights, long index, Lanes<TSum> lanes)
        where TProduct : struct, IProduct<TSum>;

    /// <summary>Writes the sums, rows <paramref name="stride"/> elements apart.</summary>
    void Store(ArrayView<TSum> sums, long index, int stride);
}

internal struct OneRow<TSum> : ILaneRows<OneRow<TSum>, TSum>
    where TSum : unmanaged, INumberBase<TSum>
{
    private Lanes<TSum> sums;

    public readonly int Rows => 1;

    public readonly OneRow<TSum> MultiplyAdd<TProduct>(ArrayView<TSum> weights, long index, Lanes<TSum> lanes)
        where TProduct : struct, IProduct<TSum> => new() { sums = sums.MultiplyAdd<TProduct>(weights[index], lanes) };

    public readonly void Store(ArrayView<TSum> view, long index, int stride) => sums.Store(view, index);
}

internal struct Pair<TFirst, TSecond, TSum> : ILaneRows<Pair<TFirst, TSecond, TSum>, TSum>
    where TFirst : struct, ILaneRows<TFirst, TSum>
    where TSecond : struct, ILaneRows<TSecond, TSum>
    where TSum : unmanaged, INumberBase<TSum>
{
    private TFirst first;
    private TSecond second;

    public readonly int Rows => first.Rows + second.Rows;

    public readonly Pair<TFirst, TSecond, TSum> MultiplyAdd<TProduct>(ArrayView<TSum> weights, long index, Lanes<TSum> lanes)
        where TProduct : struct, IProduct<TSum> => new()
        {
            first = first.MultiplyAdd<TProduct>(weights, index, lanes),
            second = second.MultiplyAdd<TProduct>(weights, index + first.Rows, lanes),
        };

    public readonly void Store(ArrayView<TSum> view, long index, int stride)
    {
        first.Store(view, index, stride);
        second.Store(view, index + (long)first.Rows * stride, stride);
    }
}
