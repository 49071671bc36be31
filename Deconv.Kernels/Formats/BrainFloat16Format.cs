using Deconv.Kernels.Problem;

namespace Deconv.Kernels.Formats;

/// <summary>The bits of <see cref="ElementType.BrainFloat16"/>, summed up in float32.</summary>
internal readonly struct BrainFloat16Format : IFormat<ushort, float>
{
    public static float Widen(ushort element) => BrainBits.ToFloat(element);

    public static ushort Round(float number) => BrainBits.Round(number);

    public static float Add(float left, float right) => left + right;

    public static float MultiplyAdd(float sum, float left, float right) => sum + left * right;
}
