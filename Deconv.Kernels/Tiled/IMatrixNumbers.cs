using Deconv.Kernels.Intrinsics;

namespace Deconv.Kernels.Tiled;

/// <summary>How tensor cores read words of shared memory as numbers.</summary>
internal interface IMatrixNumbers
{
    static abstract string Instruction { get; }

    /// <summary>Numbers of a quad.</summary>
    static abstract int RunLength { get; }

    static abstract LeftParts Split(LeftFragment words);

    static abstract RightParts Split(RightFragment words);

    /// <summary>sum + left * right, 16 x 8 sums of two runs of products each.</summary>
    static abstract SumFragment MultiplyAdd(SumFragment sum, LeftParts left, RightParts right);
}

/// <summary>
/// Numbers as tensor cores take them: all of <see cref="Large"/>, or sums of it and <see cref="Rest"/>; a number
/// that is not finite is in the former alone. <see cref="Finite"/> is that with zeros in the place of such.
/// </summary>
internal struct LeftParts
{
    public LeftFragment Large;
    public LeftFragment Finite;
    public LeftFragment Rest;

    public static LeftParts Of(LeftFragment large)
    {
        LeftParts parts = default;
        parts.Large = large;
        return parts;
    }
}

/// <inheritdoc cref="LeftParts"/>
internal struct RightParts
{
    public RightFragment Large;
    public RightFragment Finite;
    public RightFragment Rest;

    public static RightParts Of(RightFragment large)
    {
        RightParts parts = default;
        parts.Large = large;
        return parts;
    }
}
