using Deconv.Geometry;

namespace Deconv.Tests.Oracles;

/// <summary>
/// The same by another road: spread the input with stride - 1 zeros between elements and a wide
/// margin of zeros around, then run an ordinary stride-1 correlation with the flipped kernel, in
/// double. The margin stands for all padding, so no index here depends on whether a coordinate is
/// inside the input. Finite data only: zeros are multiplied.
/// </summary>
internal static class ZeroInsertionOracle
{
    public static double[] Compute(ConvTransposeCase c)
    {
        ConvTransposeSpec s = c.Spec;
        int rows = s.Axes.Height.Output;
        int columns = s.Axes.Width.Output;
        var result = new double[s.Batch * s.OutputChannels * rows * columns];
        Span<double> rest = result;
        for (int n = 0; n < s.Batch; ++n)
        {
            for (int co = 0; co < s.OutputChannels; ++co)
            {
                rest[..(rows * columns)].Fill(c.Bias is { } bias ? bias[co] : 0);
                int group = co / c.GroupOutputChannels;
                for (int ci = 0; ci < c.GroupInputChannels; ++ci)
                {
                    int channel = group * c.GroupInputChannels + ci;
                    double[,] spread = Spread(c, n * s.InputChannels + channel);
                    double[,] kernel = FlippedKernel(
                        c, channel * c.GroupOutputChannels + co - group * c.GroupOutputChannels);
                    Correlate(s, spread, kernel, rest);
                }

                rest = rest[(rows * columns)..];
            }
        }

        return result;
    }

    /// <summary>Margin of zeros on each side: beyond it no output reads.</summary>
    private static int Margin(AxisSpec axis) =>
        axis.Dilation * (axis.Kernel - 1) + axis.Crop + axis.Output;

    private static double[,] Spread(ConvTransposeCase c, int plane)
    {
        (AxisSpec h, AxisSpec w) = (c.Spec.Axes.Height, c.Spec.Axes.Width);
        var spread = new double[
            (h.Input - 1) * h.Stride + 1 + 2 * Margin(h),
            (w.Input - 1) * w.Stride + 1 + 2 * Margin(w)];
        int next = plane * h.Input * w.Input;
        for (int i = 0; i < h.Input; ++i)
        {
            for (int j = 0; j < w.Input; ++j)
                spread[Margin(h) + i * h.Stride, Margin(w) + j * w.Stride] = c.Input[next++];
        }

        return spread;
    }

    private static double[,] FlippedKernel(ConvTransposeCase c, int plane)
    {
        (AxisSpec h, AxisSpec w) = (c.Spec.Axes.Height, c.Spec.Axes.Width);
        var kernel = new double[h.Kernel, w.Kernel];
        int next = plane * h.Kernel * w.Kernel;
        for (int i = h.Kernel - 1; i >= 0; --i)
        {
            for (int j = w.Kernel - 1; j >= 0; --j)
                kernel[i, j] = c.Weight[next++];
        }

        return kernel;
    }

    private static void Correlate(
        ConvTransposeSpec s, double[,] spread, double[,] kernel, Span<double> output)
    {
        (AxisSpec h, AxisSpec w) = (s.Axes.Height, s.Axes.Width);
        int top = Margin(h) + h.Crop - h.Dilation * (h.Kernel - 1);
        int left = Margin(w) + w.Crop - w.Dilation * (w.Kernel - 1);
        for (int y = 0; y < h.Output; ++y)
        {
            for (int x = 0; x < w.Output; ++x)
            {
                double sum = 0;
                for (int i = 0; i < h.Kernel; ++i)
                {
                    for (int j = 0; j < w.Kernel; ++j)
                        sum += spread[top + y + i * h.Dilation, left + x + j * w.Dilation] * kernel[i, j];
                }

                output[y * w.Output + x] += sum;
            }
        }
    }
}
