using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Kernels.Tiled;

/// <summary>Views of other stages, which are counted in bytes, so that an address takes one addition.</summary>
internal static class StageView
{
    /// <summary>A view of the first stage, moved to the one that is some bytes, whole quads, further on.</summary>
    public static ArrayView<T> At<T>(ArrayView<T> view, int stage)
        where T : unmanaged => view.Cast<byte>().SubView(stage).AsAligned(Interop.SizeOf<T>()).Cast<T>();
}
