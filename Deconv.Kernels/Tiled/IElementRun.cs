using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>The elements of neighbouring channels, as many as fill a quad, in registers.</summary>
internal interface IElementRun<TSelf, TElement>
    where TSelf : struct, IElementRun<TSelf, TElement>
    where TElement : unmanaged
{
    /// <summary>Loads so many elements, if there are any, and zeros in the place of the others.</summary>
    static abstract TSelf Load(ArrayView<TElement> input, int start, int stride, int count);

    static abstract WordQuad Words(TSelf run);
}
