namespace Deconv.Kernels.Formats;

/// <summary>Elements that are numbers already.</summary>
internal readonly struct Float32Format : IFormat<float, float>
{
    public static float Widen(float element) => element;

    public static float Round(float number) => number;

    public static float Add(float left, float right) => left + right;

    public static float MultiplyAdd(float sum, float left, float right) => sum + left * right;
}
