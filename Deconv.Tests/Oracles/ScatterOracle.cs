using Deconv.Geometry;

namespace Deconv.Tests.Oracles;

/// <summary>
/// The definition: every input element adds its multiple of the kernel to a canvas of natural
/// size, in double; the output is the window of the canvas, 0 where it runs past, plus bias.
/// </summary>
internal static class ScatterOracle
{
    public static double[] Compute(ConvTransposeCase c)
    {
        ConvTransposeSpec s = c.Spec;
        (AxisSpec h, AxisSpec w) = (s.Axes.Height, s.Axes.Width);
        int canvasHeight = (h.Input - 1) * h.Stride + h.Dilation * (h.Kernel - 1) + 1;
        int canvasWidth = (w.Input - 1) * w.Stride + w.Dilation * (w.Kernel - 1) + 1;
        var result = new List<double>();
        for (int n = 0; n < s.Batch; ++n)
        {
            for (int co = 0; co < s.OutputChannels; ++co)
            {
                double[,] canvas = Canvas(c, n, co, canvasHeight, canvasWidth);
                double bias = c.Bias is { } values ? values[co] : 0;
                for (int y = h.Crop; y < h.Crop + h.Output; ++y)
                {
                    for (int x = w.Crop; x < w.Crop + w.Output; ++x)
                        result.Add((y < canvasHeight && x < canvasWidth ? canvas[y, x] : 0) + bias);
                }
            }
        }

        return [.. result];
    }

    private static double[,] Canvas(ConvTransposeCase c, int n, int co, int height, int width)
    {
        ConvTransposeSpec s = c.Spec;
        (AxisSpec h, AxisSpec w) = (s.Axes.Height, s.Axes.Width);
        var canvas = new double[height, width];
        int group = co / c.GroupOutputChannels;
        for (int ci = group * c.GroupInputChannels; ci < (group + 1) * c.GroupInputChannels; ++ci)
        {
            for (int ih = 0; ih < h.Input; ++ih)
            {
                for (int iw = 0; iw < w.Input; ++iw)
                {
                    double x = c.Input[((n * s.InputChannels + ci) * h.Input + ih) * w.Input + iw];
                    for (int kh = 0; kh < h.Kernel; ++kh)
                    {
                        for (int kw = 0; kw < w.Kernel; ++kw)
                        {
                            int weight = ((ci * c.GroupOutputChannels + co % c.GroupOutputChannels)
                                * h.Kernel + kh) * w.Kernel + kw;
                            canvas[ih * h.Stride + kh * h.Dilation, iw * w.Stride + kw * w.Dilation]
                                += x * c.Weight[weight];
                        }
                    }
                }
            }
        }

        return canvas;
    }
}
