using System.Numerics.Tensors;

namespace Deconv.Tests.Support;

/// <summary>Short ways to make host tensors and to look into them.</summary>
internal static class HostTensor
{
    public static Tensor<float> Of(float[] values, params nint[] lengths) =>
        Tensor.Create(values, lengths);

    public static Tensor<float> Dyadic(int seed, params nint[] lengths) =>
        Of(Support.Dyadic.Values(new Random(seed), Count(lengths)), lengths);

    public static Tensor<float> Filled(float value, params nint[] lengths)
    {
        var values = new float[Count(lengths)];
        values.AsSpan().Fill(value);
        return Of(values, lengths);
    }

    public static DeviceTensor<float> Upload(Engine engine, float[] values) =>
        engine.Upload<float>(new ReadOnlyTensorSpan<float>(values));

    public static T[] Values<T>(Tensor<T> tensor)
    {
        var values = new T[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return values;
    }

    private static nint Count(nint[] lengths) =>
        lengths.Aggregate((nint)1, (product, length) => product * length);
}
