using System.Numerics.Tensors;
using F = Deconv.Torch.Functional;

namespace Deconv.Samples.Generator;

/// <summary>
/// A generator shaped like DCGAN's: a projection of the latent vector to 4 x 4 pixels, then four
/// transposed convolutions that double the size each. Its weights are random, drawn from a seed,
/// with a smooth kernel: it has learnt nothing, and paints coloured clouds. Everything stays on the
/// accelerator from the latent vectors to the last layer.
/// </summary>
internal sealed class Network : IDisposable
{
    public const int LatentLength = 100;
    public const int PictureSize = 64;
    public const int Colors = 3;

    private const int KernelLength = 4;

    /// <summary>
    /// Weights are multiples of 1 / 128 times the smooth kernel's 1 / 16, so products with an
    /// activation are multiples of 2^-17, and float32 sums them exactly as long as they stay below
    /// 2^7, whatever the order; a test holds the weights to that.
    /// </summary>
    private const int WeightSteps = 128;

    /// <summary>Channels before each layer; the last layer makes colours.</summary>
    private static readonly int[] Channels = [LatentLength, 256, 128, 64, 32];

    private readonly Engine engine;
    private readonly Activations activations;
    private readonly DeviceTensor<float>[] weights;

    public Network(Engine engine, int seed)
    {
        this.engine = engine;
        activations = new Activations(engine);
        var random = new DyadicRandom(seed);
        weights = new DeviceTensor<float>[Channels.Length];
        for (int layer = 0; layer < weights.Length; ++layer)
            weights[layer] = engine.Upload(Weight(random, layer));
    }

    /// <summary>The layers' weights, first to last.</summary>
    public IReadOnlyList<DeviceTensor<float>> Weights => weights;

    /// <summary>Paints pictures from latent vectors drawn from a seed.</summary>
    /// <returns>(count, 3, 64, 64), before the final tanh.</returns>
    public DeviceTensor<float> Paint(int count, int seed)
    {
        float[] latent = new DyadicRandom(seed).Normal(count * LatentLength, 1, Activations.Steps);
        DeviceTensor<float> x = engine.Upload(Tensor.Create(latent, [count, LatentLength, 1, 1]));
        for (int layer = 0; layer < weights.Length; ++layer)
        {
            using DeviceTensor<float> input = x;
            x = layer == 0
                ? F.ConvTranspose2d(input, weights[layer])
                : F.ConvTranspose2d(input, weights[layer], stride: 2, padding: 1);
            if (layer < weights.Length - 1)
                activations.Relu(x);
        }

        return x;
    }

    /// <summary>The last step: colours in (-1, 1).</summary>
    public void Squash(DeviceTensor<float> pictures) => activations.Tanh(pictures);

    public void Dispose()
    {
        foreach (DeviceTensor<float> weight in weights)
            weight.Dispose();
    }

    private static Tensor<float> Weight(DyadicRandom random, int layer)
    {
        int inputs = Channels[layer];
        int outputs = layer + 1 < Channels.Length ? Channels[layer + 1] : Colors;

        // Keeps the size of activations: a pixel sums over the inputs' channels and, past the
        // projection, over 2 x 2 taps; ReLU halves what arrives.
        bool isProjection = layer == 0;
        float deviation = MathF.Sqrt((isProjection ? 1f : 2f) / inputs);
        float[] scales = random.Normal(inputs * outputs * (isProjection ? 16 : 1), deviation, WeightSteps);

        var values = new float[inputs * outputs * KernelLength * KernelLength];
        for (int i = 0; i < values.Length; ++i)
        {
            (int plane, int position) = Math.DivRem(i, KernelLength * KernelLength);
            (int kh, int kw) = Math.DivRem(position, KernelLength);
            values[i] = isProjection ? scales[i] : scales[plane] * Bilinear(kh) * Bilinear(kw);
        }

        return Tensor.Create(values, [inputs, outputs, KernelLength, KernelLength]);
    }

    /// <summary>The kernel of bilinear enlargement by 2: 1/4, 3/4, 3/4, 1/4.</summary>
    private static float Bilinear(int position) => position is 0 or 3 ? 0.25f : 0.75f;
}
