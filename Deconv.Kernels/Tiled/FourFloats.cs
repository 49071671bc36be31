using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>The floats of four channels.</summary>
internal struct FourFloats : IElementRun<FourFloats, float>
{
    private WordQuad words;

    public static FourFloats Load(ArrayView<float> input, int start, int stride, int count)
    {
        // As in EightElements, addresses go on.
        ref float first = ref input[0];
        FourFloats run = default;
        run.words.X = Hardware.LoadConstantWord(ref first, start, count > 0);
        start += stride;
        run.words.Y = Hardware.LoadConstantWord(ref first, start, count > 1);
        start += stride;
        run.words.Z = Hardware.LoadConstantWord(ref first, start, count > 2);
        start += stride;
        run.words.W = Hardware.LoadConstantWord(ref first, start, count > 3);
        return run;
    }

    public static WordQuad Words(FourFloats run) => run.words;
}
