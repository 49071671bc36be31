using System.Runtime.CompilerServices;
using ILGPU;

namespace Deconv.Kernels.Launch;

/// <summary>Work shared out in parts as equal as can be; kernels too ask where they start.</summary>
internal static class Parts
{
    /// <summary>
    /// As many parts as asked, fewer where there is less to share out, or up to twice as many where some would be
    /// up to twice as long as others.
    /// </summary>
    public static int EvenCount(int count, long parts) => IntrinsicMath.DivRoundUp(count, (int)Math.Max(count / parts, 1));

    /// <summary>Where a part starts; the one behind the last starts at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Start(int count, int part, int parts) => (int)((long)count * part / parts);
}
