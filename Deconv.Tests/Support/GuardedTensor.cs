namespace Deconv.Tests.Support;

/// <summary>
/// A tensor in the middle of a larger buffer. The margins around it hold a value that betrays
/// whoever touches them: NaN around operands, so that a read outside poisons the result, and any
/// other value, so that a write outside is seen.
/// </summary>
internal sealed class GuardedTensor : IDisposable
{
    /// <summary>Odd, so that the tensor is aligned to no vector.</summary>
    private const int Margin = 67;

    private readonly DeviceTensor<float> buffer;
    private readonly float[] uploaded;

    public GuardedTensor(Engine engine, ReadOnlySpan<float> values, float guard)
    {
        uploaded = new float[Margin + values.Length + Margin];
        uploaded.AsSpan().Fill(guard);
        values.CopyTo(uploaded.AsSpan(Margin));
        buffer = HostTensor.Upload(engine, uploaded);
        Tensor = engine.Wrap(buffer.View.SubView(Margin, values.Length), values.Length);
    }

    public DeviceTensor<float> Tensor { get; }

    public void AssertUnchanged(string what) => BitAssert.AreEqual(uploaded, Download(), what);

    /// <summary>The tensor's elements, after a check that the margins are as they were.</summary>
    public float[] Read(string what)
    {
        float[] now = Download();
        BitAssert.AreEqual(uploaded.AsSpan(0, Margin), now.AsSpan(0, Margin), $"{what}: before");
        BitAssert.AreEqual(uploaded.AsSpan(^Margin..), now.AsSpan(^Margin..), $"{what}: behind");
        return now[Margin..^Margin];
    }

    public void Dispose()
    {
        Tensor.Dispose();
        buffer.Dispose();
    }

    private float[] Download() => HostTensor.Values(buffer.ToTensor());
}
