namespace Deconv.Kernels.Tiled;

/// <summary>A product of slices that lie in shared memory as floats, channel by channel.</summary>
internal interface IFloatProduct<TSelf> : ITiledProduct<TSelf>
    where TSelf : struct, IFloatProduct<TSelf>
{
    /// <summary>
    /// What a channel takes of a slice: numbers of inputs, at least one for each pixel and a multiple of 4,
    /// and quads of weights, at least one for 4 rows.
    /// </summary>
    static abstract int InputPitch { get; }

    static abstract int WeightPitch { get; }

    /// <summary>Whether registers are left for the start of each input channel that an item copies.</summary>
    static abstract bool HasManyStarts { get; }
}
