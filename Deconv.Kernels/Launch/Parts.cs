using System.Runtime.CompilerServices;

namespace Deconv.Kernels.Launch;

/// <summary>Work shared out in parts as equal as can be; kernels call it too.</summary>
internal static class Parts
{
    /// <summary>Where a part starts; the one behind the last starts at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Start(int count, int part, int parts) => (int)((long)count * part / parts);
}
