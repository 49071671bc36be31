namespace Deconv.Kernels.Intrinsics;

/// <summary>What <see cref="Hardware"/> does where there is no instruction for it, in C# that ILGPU compiles.</summary>
internal static class PlainBodies
{
    public static Quad LoadConstant(ref Quad source) => source;

    public static void CopyQuad(ref Quad target, ref Quad source) => target = source;
}
