using System.Numerics.Tensors;

namespace Deconv.Tests.Support;

/// <summary>
/// A tensor in the middle of a larger buffer. The margins around it hold a value that betrays
/// whoever touches them: NaN around operands, so that a read outside poisons the result, and any
/// other value, so that a write outside is seen.
/// </summary>
internal sealed class GuardedTensor<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Odd, so that the tensor is aligned to no vector.</summary>
    private const int Margin = 67;

    private readonly DeviceTensor<T> buffer;
    private readonly T[] uploaded;

    public GuardedTensor(Engine engine, ReadOnlySpan<T> values, T guard)
    {
        uploaded = new T[Margin + values.Length + Margin];
        uploaded.AsSpan().Fill(guard);
        values.CopyTo(uploaded.AsSpan(Margin));
        buffer = engine.Upload<T>(new ReadOnlyTensorSpan<T>(uploaded));
        Tensor = engine.Wrap(buffer.View.SubView(Margin, values.Length), values.Length);
    }

    public DeviceTensor<T> Tensor { get; }

    public void AssertUnchanged(string what) => BitAssert.AreEqual(uploaded, Download(), what);

    /// <summary>The tensor's elements, after a check that the margins are as they were.</summary>
    public T[] Read(string what)
    {
        T[] now = Download();
        BitAssert.AreEqual(uploaded.AsSpan(0, Margin), now.AsSpan(0, Margin), $"{what}: before");
        BitAssert.AreEqual(uploaded.AsSpan(^Margin..), now.AsSpan(^Margin..), $"{what}: behind");
        return now[Margin..^Margin];
    }

    public void Dispose()
    {
        Tensor.Dispose();
        buffer.Dispose();
    }

    private T[] Download() => HostTensor.Values(buffer.ToTensor());
}
