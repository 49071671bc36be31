using Deconv.Kernels.Intrinsics;

namespace Deconv.Kernels.Tiled;

/// <summary>How tensor cores read sixteen bits as numbers.</summary>
internal interface ISixteenBitMatrices
{
    static abstract string Instruction { get; }

    /// <summary>sum + left * right, 16 x 8 sums of 16 products each.</summary>
    static abstract SumFragment MultiplyAdd(SumFragment sum, LeftFragment left, RightFragment right);
}

/// <summary>As IEEE 754's binary16.</summary>
internal readonly struct HalfMatrices : ISixteenBitMatrices
{
    public static string Instruction => "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32";

    public static SumFragment MultiplyAdd(SumFragment sum, LeftFragment left, RightFragment right) =>
        Hardware.MultiplyAddHalf(sum, left, right);
}

/// <summary>As bfloat16.</summary>
internal readonly struct BrainMatrices : ISixteenBitMatrices
{
    public static string Instruction => "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32";

    public static SumFragment MultiplyAdd(SumFragment sum, LeftFragment left, RightFragment right) =>
        Hardware.MultiplyAddBrain(sum, left, right);
}
