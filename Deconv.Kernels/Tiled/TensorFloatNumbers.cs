using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv.Kernels.Tiled;

/// <summary>A float of a word, as the nearest TF32 number, of 11 significant bits.</summary>
internal readonly struct TensorFloatNumbers : IMatrixNumbers
{
    public const string Product = "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32";

    public static string Instruction => Product;

    public static int RunLength => 4;

    public static LeftParts Split(LeftFragment words)
    {
        LeftParts parts = default;
        parts.Large.W0 = Round(words.W0);
        parts.Large.W1 = Round(words.W1);
        parts.Large.W2 = Round(words.W2);
        parts.Large.W3 = Round(words.W3);
        return parts;
    }

    public static RightParts Split(RightFragment words)
    {
        RightParts parts = default;
        parts.Large.W0 = Round(words.W0);
        parts.Large.W1 = Round(words.W1);
        return parts;
    }

    public static SumFragment MultiplyAdd(SumFragment sum, LeftParts left, RightParts right) =>
        Hardware.MultiplyAddTensorFloat(sum, left.Large, right.Large);

    private static uint Round(uint word) => Hardware.RoundToTensorFloat(Interop.IntAsFloat(word));
}

/// <summary>
/// A float of a word, as two TF32 numbers, whose products but the least are summed up, so that as many bits
/// count as floats have but two. A number that is not finite takes part in the product of the large parts
/// alone: the others are zeros, by which it would make NaN.
/// </summary>
internal readonly struct TwoTensorFloatsNumbers : IMatrixNumbers
{
    public static string Instruction => TensorFloatNumbers.Product;

    public static int RunLength => TensorFloatNumbers.RunLength;

    public static LeftParts Split(LeftFragment words)
    {
        RightParts low = Split(words.W0, words.W1);
        RightParts high = Split(words.W2, words.W3);
        LeftParts parts = default;
        parts.Large = Join(low.Large, high.Large);
        parts.Finite = Join(low.Finite, high.Finite);
        parts.Rest = Join(low.Rest, high.Rest);
        return parts;
    }

    public static RightParts Split(RightFragment words) => Split(words.W0, words.W1);

    public static SumFragment MultiplyAdd(SumFragment sum, LeftParts left, RightParts right)
    {
        sum = Hardware.MultiplyAddTensorFloat(sum, left.Rest, right.Finite);
        sum = Hardware.MultiplyAddTensorFloat(sum, left.Finite, right.Rest);
        return Hardware.MultiplyAddTensorFloat(sum, left.Large, right.Large);
    }

    private static RightParts Split(uint w0, uint w1)
    {
        WordParts p0 = WordParts.Of(w0);
        WordParts p1 = WordParts.Of(w1);
        RightParts parts = default;
        parts.Large.W0 = p0.Large;
        parts.Large.W1 = p1.Large;
        parts.Finite.W0 = p0.Finite;
        parts.Finite.W1 = p1.Finite;
        parts.Rest.W0 = p0.Rest;
        parts.Rest.W1 = p1.Rest;
        return parts;
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

    private struct WordParts
    {
        public uint Large;
        public uint Finite;
        public uint Rest;

        /// <summary>Cut off. The subtraction leaves a NaN one that has its mark among the bits that count.</summary>
        public static WordParts Of(uint word)
        {
            float value = Interop.IntAsFloat(word);
            bool isFinite = Math.Abs(value) < float.PositiveInfinity;
            uint large = word & 0xFFFFE000;
            WordParts parts = default;
            parts.Finite = isFinite ? large : 0;
            uint rest = Interop.FloatAsInt(value - Interop.IntAsFloat(parts.Finite));
            parts.Large = isFinite ? large : rest;
            parts.Rest = isFinite ? rest : 0;
            return parts;
        }
    }
}
