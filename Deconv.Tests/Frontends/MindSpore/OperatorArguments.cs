using Deconv.MindSpore;
using Deconv.MindSpore.Ops;

namespace Deconv.Tests.Frontends.MindSpore;

/// <summary>What a Conv2DTranspose is made of; each case states only what matters to it.</summary>
internal sealed record OperatorArguments
{
    public int OutChannel { get; init; } = 4;

    public IntTuple KernelSize { get; init; } = (3, 2);

    public string PadMode { get; init; } = "valid";

    public IntTuple? Pad { get; init; }

    public IntTuple? PadList { get; init; }

    public int Mode { get; init; } = 1;

    public IntTuple? Stride { get; init; } = (2, 3);

    public IntTuple? Dilation { get; init; }

    public int Group { get; init; } = 2;

    public string DataFormat { get; init; } = "NCHW";

    public Conv2DTranspose Create() => new(
        OutChannel, KernelSize, PadMode, Pad, PadList, Mode, Stride, Dilation, Group, DataFormat);
}
