using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.IR.Intrinsics;

namespace Deconv.Kernels.Intrinsics;

/// <summary>
/// Operations that GPUs have and C# has no words for. In contexts that know them (<see
/// cref="HardwareContexts"/>) they compile to instructions; the bodies here are what ILGPU's CPU
/// accelerator runs, to verify kernels. Those of whole warps must be reached by all 32 lanes.
/// </summary>
internal static class Hardware
{
    /// <summary>x * y + sum, rounded once.</summary>
    [IntrinsicImplementation]
    public static float MultiplyAdd(float x, float y, float sum) => MathF.FusedMultiplyAdd(x, y, sum);

    /// <summary>As <see cref="MultiplyAdd"/>, of 64 bits.</summary>
    [IntrinsicImplementation]
    public static double MultiplyAddDouble(double x, double y, double sum) => Math.FusedMultiplyAdd(x, y, sum);

    /// <summary>Reads 16 aligned bytes of memory that the kernel never writes.</summary>
    [IntrinsicImplementation]
    public static Quad LoadConstant(ref Quad source) => source;

    /// <summary>
    /// Reads the bits of an element of memory that the kernel never writes, the one <paramref name="offset"/>
    /// elements behind the source, or zeros where that <paramref name="isThere"/> not: then the offset may be
    /// any. It is not negative. The upper bits are zeros.
    /// </summary>
    [IntrinsicImplementation]
    public static uint LoadConstantBits(ref ushort source, int offset, bool isThere) =>
        isThere ? Unsafe.Add(ref source, offset) : 0u;

    /// <summary>As <see cref="LoadConstantBits"/>, of a float.</summary>
    [IntrinsicImplementation]
    public static uint LoadConstantWord(ref float source, int offset, bool isThere) =>
        isThere ? BitConverter.SingleToUInt32Bits(Unsafe.Add(ref source, offset)) : 0;

    /// <summary>The lower halves of two words, side by side.</summary>
    [IntrinsicImplementation]
    public static uint Join(uint low, uint high) => (low & ushort.MaxValue) | high << 16;

    /// <summary>
    /// Starts to copy a number from global to shared memory, the one <paramref name="offset"/> numbers behind
    /// the source, or a zero where that <paramref name="isThere"/> not: then the offset may be any. It is not
    /// negative. Both may be used again after <see cref="AwaitCopies"/>, by this work item.
    /// </summary>
    [IntrinsicImplementation]
    public static void Copy(ref float target, ref float source, int offset, bool isThere) =>
        PendingCopies.Add(ref target, ref Unsafe.Add(ref source, isThere ? offset : 0), isThere);

    /// <summary>As <see cref="Copy"/>, of 16 aligned bytes.</summary>
    [IntrinsicImplementation]
    public static void CopyQuad(ref Quad target, ref Quad source) =>
        PendingCopies.Add(ref target, ref source, isThere: true);

    /// <summary>As <see cref="Copy"/>, of 16 aligned bytes, or zeros.</summary>
    [IntrinsicImplementation]
    public static void CopyQuadOrZeros(ref Quad target, ref Quad source, bool isThere) =>
        PendingCopies.Add(ref target, ref source, isThere);

    /// <summary>Ends a group of copies.</summary>
    [IntrinsicImplementation]
    public static void CommitCopies() => PendingCopies.Commit();

    /// <summary>Waits for the work item's own copies, all groups of them.</summary>
    [IntrinsicImplementation]
    public static void AwaitCopies() => PendingCopies.Await(groupsLeft: 0);

    /// <summary>Waits for all groups of the work item's own copies but the last.</summary>
    [IntrinsicImplementation]
    public static void AwaitEarlierCopies() => PendingCopies.Await(groupsLeft: 1);

    /// <summary>
    /// Waits for all work items of the group, which see each other's shared memory afterwards. ILGPU's own
    /// barrier orders global memory instead, on OpenCL.
    /// </summary>
    [IntrinsicImplementation]
    public static void Barrier() => Group.Barrier();

    /// <summary>
    /// Does nothing. As the last of a block's memory operations it keeps loads before it from
    /// sinking below the block's end, as ILGPU lets them at O2.
    /// </summary>
    [IntrinsicImplementation]
    public static void Pin()
    {
    }

    /// <summary>The nearest TF32 number, of 10 bits behind the binary point; ties go away from zero.</summary>
    [IntrinsicImplementation]
    public static uint RoundToTensorFloat(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsFinite(value) ? (bits + 0x1000) & ~0x1FFFu : bits;
    }

    /// <summary>
    /// Reads four 8 x 16 byte matrices, the rows of the first at the addresses of lanes 0 to 7, and so
    /// on. Of each, a lane gets the word whose number is the lane's.
    /// </summary>
    [IntrinsicImplementation]
    public static LeftFragment LoadMatrices(ref Quad row) => WarpEmulation.LoadMatrices(ref row);

    /// <summary>sum + left * right, 16 x 8 sums of 8 products each, of TF32 numbers.</summary>
    [IntrinsicImplementation]
    public static SumFragment MultiplyAddTensorFloat(SumFragment sum, LeftFragment left, RightFragment right) =>
        WarpEmulation.MultiplyAdd(sum, left, right, WarpEmulation.TensorFloat);

    /// <summary>sum + left * right, 16 x 8 sums of 16 products each, of IEEE half numbers.</summary>
    [IntrinsicImplementation]
    public static SumFragment MultiplyAddHalf(SumFragment sum, LeftFragment left, RightFragment right) =>
        WarpEmulation.MultiplyAdd(sum, left, right, WarpEmulation.Halves);

    /// <summary>sum + left * right, 16 x 8 sums of 16 products each, of bfloat16 numbers.</summary>
    [IntrinsicImplementation]
    public static SumFragment MultiplyAddBrain(SumFragment sum, LeftFragment left, RightFragment right) =>
        WarpEmulation.MultiplyAdd(sum, left, right, WarpEmulation.Brains);
}
