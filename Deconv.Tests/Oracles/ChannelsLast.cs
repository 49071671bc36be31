using Deconv.Geometry;
using Deconv.Kernels.Problem;

namespace Deconv.Tests.Oracles;

/// <summary>The same case with channels last; oracles compute with channels first only.</summary>
internal static class ChannelsLast
{
    public static ConvTransposeCase Of(ConvTransposeCase c)
    {
        (AxisSpec h, AxisSpec w) = (c.Spec.Axes.Height, c.Spec.Axes.Width);
        return c with
        {
            Spec = c.Spec with { Layout = TensorLayout.ChannelsLast },
            Input = [.. Permute(c.Input.AsSpan(), c.Spec.InputChannels, h.Input * w.Input)],
            Weight = [.. Permute(c.Weight.AsSpan(), c.GroupOutputChannels, h.Kernel * w.Kernel)],
        };
    }

    public static T[] OutputOf<T>(ConvTransposeCase c, ReadOnlySpan<T> output) => Permute(
        output, c.Spec.OutputChannels, c.Spec.Axes.Height.Output * c.Spec.Axes.Width.Output);

    /// <summary>(outermost, channels, pixels) to (outermost, pixels, channels).</summary>
    private static T[] Permute<T>(ReadOnlySpan<T> values, int channels, int pixels)
    {
        var result = new T[values.Length];
        for (int i = 0; i < values.Length; ++i)
        {
            (int outermost, int rest) = Math.DivRem(i, channels * pixels);
            (int channel, int pixel) = Math.DivRem(rest, pixels);
            result[(outermost * pixels + pixel) * channels + channel] = values[i];
        }

        return result;
    }
}
