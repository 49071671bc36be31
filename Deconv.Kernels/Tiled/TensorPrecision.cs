using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>How floats become TF32 numbers, of 11 significant bits, and their products sums.</summary>
internal interface ITensorPrecision
{
    static abstract LeftParts Split(float w0, float w1, float w2, float w3);

    static abstract RightParts Split(float w0, float w1);

    static abstract SumFragment MultiplyAdd(SumFragment sum, LeftParts left, RightParts right);
}

/// <summary>
/// Floats as sums of TF32 numbers: <see cref="Large"/>, which is all of a number that is not finite, and
/// <see cref="Rest"/>. <see cref="Finite"/> is the former where it is finite, and zero elsewhere.
/// </summary>
internal struct LeftParts
{
    public LeftFragment Large;
    public LeftFragment Finite;
    public LeftFragment Rest;
}

/// <inheritdoc cref="LeftParts"/>
internal struct RightParts
{
    public RightFragment Large;
    public RightFragment Finite;
    public RightFragment Rest;
}

/// <summary>One TF32 number, the nearest.</summary>
internal readonly struct TensorFloatPrecision : ITensorPrecision
{
    public static LeftParts Split(float w0, float w1, float w2, float w3)
    {
        LeftParts parts = default;
        parts.Large.W0 = Hardware.RoundToTensorFloat(w0);
        parts.Large.W1 = Hardware.RoundToTensorFloat(w1);
        parts.Large.W2 = Hardware.RoundToTensorFloat(w2);
        parts.Large.W3 = Hardware.RoundToTensorFloat(w3);
        return parts;
    }

    public static RightParts Split(float w0, float w1)
    {
        RightParts parts = default;
        parts.Large.W0 = Hardware.RoundToTensorFloat(w0);
        parts.Large.W1 = Hardware.RoundToTensorFloat(w1);
        return parts;
    }

    public static SumFragment MultiplyAdd(SumFragment sum, LeftParts left, RightParts right) =>
        Hardware.MultiplyAddTensorFloat(sum, left.Large, right.Large);
}

/// <summary>
/// Two TF32 numbers, whose products but the least are summed up, so that as many bits count as floats
/// have but two. A number that is not finite takes part in the product of the large parts alone: the others
/// are zeros, by which it would make NaN.
/// </summary>
internal readonly struct TwoTensorFloatsPrecision : ITensorPrecision
{
    public static LeftParts Split(float w0, float w1, float w2, float w3)
    {
        RightParts low = Split(w0, w1);
        RightParts high = Split(w2, w3);
        LeftParts parts = default;
        parts.Large = Join(low.Large, high.Large);
        parts.Finite = Join(low.Finite, high.Finite);
        parts.Rest = Join(low.Rest, high.Rest);
        return parts;
    }

    public static RightParts Split(float w0, float w1)
    {
        RightParts parts = default;
        parts.Large.W0 = Large(w0);
        parts.Large.W1 = Large(w1);
        parts.Finite.W0 = IsFinite(w0) ? parts.Large.W0 : 0;
        parts.Finite.W1 = IsFinite(w1) ? parts.Large.W1 : 0;
        parts.Rest.W0 = Rest(w0);
        parts.Rest.W1 = Rest(w1);
        return parts;
    }

    public static SumFragment MultiplyAdd(SumFragment sum, LeftParts left, RightParts right)
    {
        sum = Hardware.MultiplyAddTensorFloat(sum, left.Rest, right.Finite);
        sum = Hardware.MultiplyAddTensorFloat(sum, left.Finite, right.Rest);
        return Hardware.MultiplyAddTensorFloat(sum, left.Large, right.Large);
    }

    private static LeftFragment Join(RightFragment low, RightFragment high)
    {
        LeftFragment fragment = default;
        fragment.W0 = low.W0;
        fragment.W1 = low.W1;
        fragment.W2 = high.W0;
        fragment.W3 = high.W1;
        return fragment;
    }

    /// <summary>Cut off; a NaN is made one that has its mark among the bits that are left.</summary>
    private static uint Large(float value) =>
        float.IsNaN(value) ? 0x7FC00000 : Interop.FloatAsInt(value) & 0xFFFFE000;

    private static uint Rest(float value) =>
        IsFinite(value) ? Interop.FloatAsInt(value - Interop.IntAsFloat(Large(value))) : 0;

    private static bool IsFinite(float value) => (Interop.FloatAsInt(value) & 0x7F800000) != 0x7F800000;
}
