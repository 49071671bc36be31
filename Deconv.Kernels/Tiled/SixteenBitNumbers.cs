using Deconv.Kernels.Intrinsics;

namespace Deconv.Kernels.Tiled;

/// <summary>Two numbers of a word, as IEEE 754's binary16.</summary>
internal readonly struct HalfNumbers : IMatrixNumbers
{
    public static string Instruction => "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32";

    public static int RunLength => 8;

    public static LeftParts Split(LeftFragment words) => LeftParts.Of(words);

    public static RightParts Split(RightFragment words) => RightParts.Of(words);

    public static SumFragment MultiplyAdd(SumFragment sum, LeftParts left, RightParts right) =>
        Hardware.MultiplyAddHalf(sum, left.Large, right.Large);
}

/// <summary>Two numbers of a word, as bfloat16.</summary>
internal readonly struct BrainNumbers : IMatrixNumbers
{
    public static string Instruction => "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32";

    public static int RunLength => 8;

    public static LeftParts Split(LeftFragment words) => LeftParts.Of(words);

    public static RightParts Split(RightFragment words) => RightParts.Of(words);

    public static SumFragment MultiplyAdd(SumFragment sum, LeftParts left, RightParts right) =>
        Hardware.MultiplyAddBrain(sum, left.Large, right.Large);
}
