using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;

namespace Deconv.Samples.Generator;

/// <summary>
/// What stands between the layers, as kernels of the sample's own on the engine's accelerator; each
/// changes a tensor in place.
/// </summary>
internal sealed class Activations(Engine engine)
{
    /// <summary>
    /// Values between layers are multiples of 1 / 64 in [0, 4]: 9 bits, so that the next layer's
    /// sums are exact in float32 and the same on every accelerator.
    /// </summary>
    public const int Steps = 64;

    public const float Largest = 4f;

    private readonly Action<AcceleratorStream, Index1D, ArrayView<float>> relu =
        engine.Accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<float>>(ReluKernel);

    private readonly Action<AcceleratorStream, Index1D, ArrayView<float>> tanh =
        engine.Accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<float>>(TanhKernel);

    /// <summary>max(x, 0), rounded to the grid and clipped.</summary>
    public void Relu(DeviceTensor<float> tensor) =>
        relu(engine.Stream, (int)tensor.FlattenedLength, tensor.View);

    /// <summary>tanh(x); the one step whose last bits depend on the accelerator.</summary>
    public void Tanh(DeviceTensor<float> tensor) =>
        tanh(engine.Stream, (int)tensor.FlattenedLength, tensor.View);

    private static void ReluKernel(Index1D index, ArrayView<float> values) =>
        values[index] = XMath.Clamp(XMath.Floor(values[index] * Steps + 0.5f) / Steps, 0f, Largest);

    private static void TanhKernel(Index1D index, ArrayView<float> values) =>
        values[index] = XMath.Tanh(values[index]);
}
