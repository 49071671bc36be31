using Deconv.Kernels.Problem;

namespace Deconv.Kernels.Formats;

/// <summary>The bits of <see cref="ElementType.Float16"/>, summed up in float32.</summary>
internal readonly struct Float16Format : IFormat<ushort, float>
{
    public static float Widen(ushort element) => HalfBits.ToFloat(element);

    public static ushort Round(float number) => HalfBits.Round(number);

    public static float Add(float left, float right) => left + right;

    public static float MultiplyAdd(float sum, float left, float right) => sum + left * right;
}
