namespace Deconv.Kernels.Problem;

/// <summary>The order of dimensions in memory, of input, weight and output alike.</summary>
internal enum TensorLayout
{
    /// <summary>
    /// (batch, channels, height, width); weight (input channels, output channels per group,
    /// height, width).
    /// </summary>
    ChannelsFirst,

    /// <summary>
    /// (batch, height, width, channels); weight (input channels, height, width, output channels
    /// per group).
    /// </summary>
    ChannelsLast,
}
