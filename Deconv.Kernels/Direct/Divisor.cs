using System.Numerics;

namespace Deconv.Kernels.Direct;

/// <summary>
/// Divides by a number that the host knows: a multiplication and a shift, where GPUs have no instruction for
/// a division.
/// </summary>
internal struct Divisor
{
    public uint Multiplier;
    public int Shift;

    /// <summary>For a divisor from 1 on.</summary>
    public static Divisor Of(int divisor)
    {
        int bits = divisor == 1 ? 0 : BitOperations.Log2((uint)divisor - 1) + 1;
        int shift = 31 + bits;
        return new() { Multiplier = (uint)((1ul << shift) / (uint)divisor + 1), Shift = shift };
    }

    /// <summary>The quotient of a number that is not negative, rounded down.</summary>
    public readonly int Divide(int dividend) => (int)(((ulong)(uint)dividend * Multiplier) >> Shift);
}
