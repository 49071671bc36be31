using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>The elements of eight channels, of sixteen bits each.</summary>
internal struct EightElements : IElementRun<EightElements, ushort>
{
    private uint e0;
    private uint e1;
    private uint e2;
    private uint e3;
    private uint e4;
    private uint e5;
    private uint e6;
    private uint e7;

    public static EightElements Load(ArrayView<ushort> input, int start, int stride, int count)
    {
        // Addresses that go on: eight multiples of the stride would be kept in registers.
        ref ushort first = ref input[0];
        EightElements run = default;
        run.e0 = Hardware.LoadConstantBits(ref first, start, count > 0);
        start += stride;
        run.e1 = Hardware.LoadConstantBits(ref first, start, count > 1);
        start += stride;
        run.e2 = Hardware.LoadConstantBits(ref first, start, count > 2);
        start += stride;
        run.e3 = Hardware.LoadConstantBits(ref first, start, count > 3);
        start += stride;
        run.e4 = Hardware.LoadConstantBits(ref first, start, count > 4);
        start += stride;
        run.e5 = Hardware.LoadConstantBits(ref first, start, count > 5);
        start += stride;
        run.e6 = Hardware.LoadConstantBits(ref first, start, count > 6);
        start += stride;
        run.e7 = Hardware.LoadConstantBits(ref first, start, count > 7);
        return run;
    }

    public static WordQuad Words(EightElements run)
    {
        WordQuad words = default;
        words.X = Hardware.Join(run.e0, run.e1);
        words.Y = Hardware.Join(run.e2, run.e3);
        words.Z = Hardware.Join(run.e4, run.e5);
        words.W = Hardware.Join(run.e6, run.e7);
        return words;
    }
}
