using Deconv.Kernels.Problem;

namespace Deconv.Frontends.MindSpore;

/// <summary>Four lengths by what they are, wherever the layout puts them; of a weight too.</summary>
internal readonly record struct LayoutLengths(int Outermost, int Channels, PerAxis<int> Spatial)
{
    /// <param name="layout">The order.</param>
    /// <param name="lengths">Four lengths that fit in 32 bits.</param>
    public static LayoutLengths Of(TensorLayout layout, ReadOnlySpan<nint> lengths) =>
        layout == TensorLayout.ChannelsFirst
            ? new((int)lengths[0], (int)lengths[1], ((int)lengths[2], (int)lengths[3]))
            : new((int)lengths[0], (int)lengths[3], ((int)lengths[1], (int)lengths[2]));
}
