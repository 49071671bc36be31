using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Deconv.Kernels.Formats;

/// <summary>bfloat16: the upper half of a float.</summary>
internal readonly struct BrainBits : ISixteenBits
{
    private const int Shift = 16;
    private const uint QuietBit = 0x0040;
    private const uint FloatInfinity = 0x7f800000;

    /// <summary>Almost half a step. A carry goes on to the exponent, as it should, and to infinity.</summary>
    private const uint BelowHalf = 0x7fff;

    public static float ToFloat(ushort bits) => Interop.IntAsFloat((uint)bits << Shift);

    public static ushort Round(float value)
    {
        uint bits = Interop.FloatAsInt(value);
        uint brain = (bits & int.MaxValue) > FloatInfinity
            ? (bits >> Shift) | QuietBit
            : (bits + BelowHalf + ((bits >> Shift) & 1)) >> Shift;
        return (ushort)brain;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ToFloat(Vector<int> bits) => (bits << Shift).As<int, float>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<uint> Round(Vector<float> value)
    {
        Vector<uint> bits = value.As<float, uint>();
        Vector<uint> upper = bits >> Shift;
        Vector<uint> rounded = (bits + new Vector<uint>(BelowHalf) + (upper & new Vector<uint>(1))) >> Shift;
        return Vector.ConditionalSelect(
            Vector.IsNaN(value).As<float, uint>(), upper | new Vector<uint>(QuietBit), rounded);
    }
}
