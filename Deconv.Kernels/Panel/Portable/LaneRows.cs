using ILGPU;

namespace Deconv.Kernels.Panel.Portable;

/// <summary>
/// Rows of sums that stay in registers: types nest where loops would not be unrolled.
/// </summary>
internal interface ILaneRows<TSelf>
    where TSelf : struct, ILaneRows<TSelf>
{
    int Rows { get; }

    /// <summary>Adds the lanes times the weight of each row.</summary>
    TSelf MultiplyAdd(ArrayView<float> weights, long index, Lanes lanes);

    /// <summary>Writes the sums, rows <paramref name="stride"/> elements apart.</summary>
    void Store(ArrayView<float> sums, long index, int stride);
}

internal struct OneRow : ILaneRows<OneRow>
{
    private Lanes sums;

    public readonly int Rows => 1;

    public readonly OneRow MultiplyAdd(ArrayView<float> weights, long index, Lanes lanes) =>
        new() { sums = sums.MultiplyAdd(weights[index], lanes) };

    public readonly void Store(ArrayView<float> view, long index, int stride) => sums.Store(view, index);
}

internal struct Pair<TFirst, TSecond> : ILaneRows<Pair<TFirst, TSecond>>
    where TFirst : struct, ILaneRows<TFirst>
    where TSecond : struct, ILaneRows<TSecond>
{
    private TFirst first;
    private TSecond second;

    public readonly int Rows => first.Rows + second.Rows;

    public readonly Pair<TFirst, TSecond> MultiplyAdd(ArrayView<float> weights, long index, Lanes lanes) => new()
    {
        first = first.MultiplyAdd(weights, index, lanes),
        second = second.MultiplyAdd(weights, index + first.Rows, lanes),
    };

    public readonly void Store(ArrayView<float> view, long index, int stride)
    {
        first.Store(view, index, stride);
        second.Store(view, index + (long)first.Rows * stride, stride);
    }
}
