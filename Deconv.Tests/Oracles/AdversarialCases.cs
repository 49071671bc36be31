namespace Deconv.Tests.Oracles;

/// <summary>
/// The shapes that go wrong first. Height differs from width in every parameter wherever the
/// point of the case allows.
/// </summary>
internal static class AdversarialCases
{
    private static readonly CaseShape[] Shapes =
    [
        // One product, one pixel, one channel.
        new(),
        new() { HasBias = true },

        // One input pixel: the output is the kernel.
        new() { GroupInputChannels = 3, GroupOutputChannels = 2, Kernel = (3, 4) },
        new()
        {
            Batch = 2, GroupInputChannels = 3, GroupOutputChannels = 5, Kernel = (4, 3),
            HasBias = true,
        },

        // One row, one column.
        new() { Input = (1, 7), Kernel = (2, 3), Stride = (3, 2) },
        new() { Input = (7, 1), Kernel = (3, 2), Stride = (2, 3), HasBias = true },

        // 1x1 kernels, dense and with holes.
        new() { Input = (3, 5), GroupInputChannels = 4, GroupOutputChannels = 3 },
        new() { Input = (3, 5), Stride = (2, 3), HasBias = true },

        // Ordinary upsampling; kernel a multiple of the stride and not, channel counts odd.
        new()
        {
            Batch = 2, GroupInputChannels = 3, GroupOutputChannels = 5, Input = (5, 7),
            Kernel = (4, 2), Stride = 2, Crop = (1, 0), HasBias = true,
        },
        new()
        {
            GroupInputChannels = 2, GroupOutputChannels = 3, Input = (4, 3), Kernel = (3, 5),
            Stride = (2, 3), Crop = (1, 2),
        },
        new()
        {
            GroupInputChannels = 5, GroupOutputChannels = 1, Input = (3, 4), Kernel = (2, 3),
            Stride = (2, 3),
        },

        // Stride above the kernel: phases without taps, only bias.
        new() { Input = (3, 2), Kernel = (2, 1), Stride = (3, 4), HasBias = true },
        new()
        {
            Batch = 2, GroupInputChannels = 2, GroupOutputChannels = 2, Input = (2, 3),
            Kernel = (1, 2), Stride = (5, 3), Crop = (1, 2), HasBias = true,
        },

        // Dilation coprime to the stride, then sharing a factor with it: most phases are empty.
        new()
        {
            Input = (3, 4), Kernel = (3, 2), Stride = (2, 3), Dilation = (3, 2), HasBias = true,
        },
        new()
        {
            GroupInputChannels = 2, Input = (3, 4), Kernel = (2, 3), Stride = (4, 6),
            Dilation = (2, 3), HasBias = true,
        },
        new()
        {
            Input = (4, 5), Kernel = (3, 2), Stride = (2, 1), Dilation = (4, 3), Crop = (2, 1),
        },
        new()
        {
            Input = (5, 4), Kernel = (3, 4), Stride = (6, 4), Dilation = (4, 6), HasBias = true,
        },

        // Groups: many small ones, depthwise, depthwise with a multiplier.
        new()
        {
            Batch = 2, Groups = 3, GroupInputChannels = 2, GroupOutputChannels = 1, Input = (3, 4),
            Kernel = (3, 2), Stride = (2, 1), HasBias = true,
        },
        new()
        {
            Groups = 5, Input = (4, 3), Kernel = (4, 3), Stride = (2, 3), Crop = (1, 0),
            HasBias = true,
        },
        new()
        {
            Batch = 3, Groups = 2, GroupInputChannels = 1, GroupOutputChannels = 3, Input = (2, 3),
            Kernel = (2, 3), Stride = (1, 2), HasBias = true,
        },

        // Crop beyond the kernel's extent, and beyond the whole canvas.
        new()
        {
            Input = (6, 7), Kernel = (2, 3), Stride = (2, 1), Crop = (4, 5), Output = (3, 2),
            HasBias = true,
        },
        new()
        {
            Input = (2, 3), Kernel = (3, 2), Stride = (2, 3), Crop = (9, 10), Output = (2, 3),
            HasBias = true,
        },

        // The window ends past the canvas, on one axis, then by more than a stride on both.
        new() { Input = (3, 2), Kernel = (2, 3), Stride = (2, 3), Output = (7, 5), HasBias = true },
        new()
        {
            GroupOutputChannels = 2, Input = (2, 3), Kernel = (3, 2), Stride = (3, 2),
            Dilation = (2, 5), Crop = (1, 2), Output = (15, 17),
        },

        // A window of one pixel.
        new() { Input = (5, 4), Kernel = (3, 2), Stride = (2, 3), Crop = (6, 4), Output = 1 },

        // Many phases side by side: eight, more than vectors interleave, more than panels take.
        new()
        {
            GroupInputChannels = 2, GroupOutputChannels = 3, Input = (3, 20), Kernel = (3, 17), Stride = (2, 8),
            Crop = (1, 4), HasBias = true,
        },
        new() { Groups = 2, Input = (2, 51), Kernel = (3, 11), Stride = (1, 11), HasBias = true },
        new() { Input = (2, 3), Kernel = (2, 3), Stride = (3, 65), HasBias = true },

        // Rows a little shorter than vectors, with many inputs for each of few outputs.
        new()
        {
            Batch = 2, GroupInputChannels = 37, GroupOutputChannels = 2, Input = (4, 33), Kernel = (4, 3),
            Stride = 2, Crop = (1, 0), HasBias = true,
        },

        // One pixel, each tap of which is an output: in groups, and not quite.
        new()
        {
            Batch = 3, Groups = 2, GroupInputChannels = 5, GroupOutputChannels = 3, Kernel = (2, 5), HasBias = true,
        },
        new() { Batch = 2, GroupOutputChannels = 3, Kernel = (3, 2), Dilation = (2, 1), HasBias = true },
        new() { Batch = 2, GroupOutputChannels = 3, Kernel = (3, 4), Crop = (0, 1), Output = (3, 4), HasBias = true },

        // Rows of several tiles, each of several blocks of vectors.
        new() { Batch = 2, Input = (2, 450), Kernel = (2, 3), Stride = (1, 2), HasBias = true },

        // Rows that taps far apart share.
        new() { Groups = 2, Input = (3, 98), Kernel = (3, 6), Stride = (2, 1), Dilation = (1, 3), HasBias = true },

        // Around the sizes of groups, tiles and vectors.
        new()
        {
            GroupInputChannels = 17, GroupOutputChannels = 15, Input = (3, 5), Kernel = (3, 2),
            Stride = (2, 1), Crop = (1, 0), HasBias = true,
        },
        new() { Input = (17, 31), Kernel = (3, 4), Stride = (2, 1), Crop = (0, 1) },
        new()
        {
            GroupInputChannels = 3, GroupOutputChannels = 33, Input = (4, 5), Kernel = 2,
            Stride = 2,
        },
        new()
        {
            Batch = 65, GroupInputChannels = 9, GroupOutputChannels = 8, Kernel = (4, 3),
            HasBias = true,
        },
    ];

    public static IReadOnlyDictionary<string, CaseShape> All { get; } =
        Shapes.ToDictionary(shape => shape.Name);
}
