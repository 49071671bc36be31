namespace Deconv.Kernels.Formats;

/// <summary>Elements that are numbers already.</summary>
internal readonly unsafe struct Float32Format : IRealFormat<float, float>
{
    public static bool IsPlain => true;

    public static float Widen(float element) => element;

    public static float Round(float number) => number;

    public static float Add(float left, float right) => left + right;

    public static float MultiplyAdd(float sum, float left, float right) => sum + left * right;

    public static void Widen(float* source, float* target, int count) =>
        new Span<float>(source, count).CopyTo(new Span<float>(target, count));

    public static void Round(float* source, float* target, int count) => Widen(source, target, count);

    public static void RoundPairs(float* even, float* odd, float addend, float* target, int pairs)
    {
        for (int i = 0; i < pairs; ++i)
            (target[2 * i], target[2 * i + 1]) = (even[i] + addend, odd[i] + addend);
    }
}
