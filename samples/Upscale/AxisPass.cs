using System.Numerics.Tensors;
using F = Deconv.Torch.Functional;

namespace Deconv.Samples.Upscale;

/// <summary>
/// Enlarges planes along one axis: a transposed convolution with one group per channel, whose
/// stride is the factor and whose kernel holds the filter.
/// </summary>
internal sealed class AxisPass : IDisposable
{
    private readonly Engine engine;
    private readonly Interpolation interpolation;
    private readonly bool isHorizontal;
    private readonly ExactKernel kernel;
    private readonly DeviceTensor<float> weight;
    private float[] inputBuffer = [];
    private float[] outputBuffer = [];

    public AxisPass(Engine engine, Interpolation interpolation, int channels, bool isHorizontal)
    {
        this.engine = engine;
        this.interpolation = interpolation;
        this.isHorizontal = isHorizontal;
        kernel = new ExactKernel(interpolation);

        float[] allChannels =
            [.. Enumerable.Repeat(kernel.Parts, channels).SelectMany(parts => parts).SelectMany(part => part)];
        PerAxis<int> size = Along(interpolation.KernelLength, otherwise: 1);
        weight = engine.Upload(
            Tensor.Create(allChannels, [channels, kernel.Parts.Length, size.Height, size.Width]));
    }

    /// <summary>
    /// Enlarges a run of pixels of an axis of <paramref name="length"/> pixels.
    /// </summary>
    /// <param name="source">
    /// Along the axis, the pixels to enlarge with as many more on both sides as the filter's
    /// support; outside the picture, the edge pixels repeated.
    /// </param>
    /// <param name="start">First pixel to enlarge.</param>
    /// <param name="length">Pixels of the whole picture along the axis.</param>
    public Planes Run(Planes source, int start, int length)
    {
        using DeviceTensor<float> input = Upload(source);
        using DeviceTensor<float> output = F.ConvTranspose2d(
            input,
            weight,
            stride: Along(interpolation.Factor, otherwise: 1),
            padding: Along(
                interpolation.Padding + interpolation.Support * interpolation.Factor, otherwise: 0),
            groups: source.Channels);

        var result = new Planes(source.Channels, (int)output.Lengths[2], (int)output.Lengths[3]);
        Download(output, result);
        CutFilterAtEdges(source, result, start, length);
        return result;
    }

    public void Dispose() => weight.Dispose();

    private PerAxis<int> Along(int value, int otherwise) =>
        isHorizontal ? (otherwise, value) : (value, otherwise);

    private DeviceTensor<float> Upload(Planes source)
    {
        if (inputBuffer.Length < source.Values.Length)
            inputBuffer = new float[source.Values.Length];
        TensorPrimitives.ConvertTruncating<byte, float>(source.Values, inputBuffer);
        return engine.Upload(new ReadOnlyTensorSpan<float>(
            inputBuffer.AsSpan(0, source.Values.Length),
            [1, source.Channels, source.Height, source.Width]));
    }

    private void Download(DeviceTensor<float> output, Planes result)
    {
        int count = (int)output.FlattenedLength;
        if (outputBuffer.Length < count)
            outputBuffer = new float[count];
        output.CopyTo(new TensorSpan<float>(outputBuffer.AsSpan(0, count), output.Lengths));

        int planeSize = result.Height * result.Width;
        int sumsPerPlane = planeSize * kernel.Parts.Length;
        for (int channel = 0; channel < result.Channels; ++channel)
        {
            kernel.Round(
                outputBuffer.AsSpan(channel * sumsPerPlane, sumsPerPlane),
                result.Values.AsSpan(channel * planeSize, planeSize));
        }
    }

    /// <summary>
    /// Past an edge the convolution saw repeated pixels. Image libraries cut the filter off there
    /// instead, which for filters with negative lobes is not the same; the few pixels that it
    /// concerns are computed anew.
    /// </summary>
    private void CutFilterAtEdges(Planes source, Planes result, int start, int length)
    {
        // Planes as [outer, position on the axis, inner].
        int outer = isHorizontal ? source.Channels * source.Height : source.Channels;
        int inner = isHorizontal ? 1 : source.Width;
        int sourceLength = isHorizontal ? source.Width : source.Height;
        int resultLength = isHorizontal ? result.Width : result.Height;
        int firstOutput = start * interpolation.Factor;
        for (int position = 0; position < resultLength; ++position)
        {
            if (!interpolation.IsAtEdge(firstOutput + position, length))
                continue;
            (int first, int[] weights) = interpolation.WeightsAt(firstOutput + position, length);
            int sourcePosition = first - start + interpolation.Support;
            for (int line = 0; line < outer * inner; ++line)
            {
                (int o, int i) = Math.DivRem(line, inner);
                int from = (o * sourceLength + sourcePosition) * inner + i;
                int to = (o * resultLength + position) * inner + i;
                result.Values[to] = Interpolation.Weigh(weights, source.Values, from, inner);
            }
        }
    }
}
