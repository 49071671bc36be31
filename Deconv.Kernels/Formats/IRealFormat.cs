using System.Numerics;

namespace Deconv.Kernels.Formats;

/// <summary>A format of real numbers; what lies side by side is converted in the machine's vectors.</summary>
internal unsafe interface IRealFormat<TStorage, TSum> : IFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
{
    /// <summary>Whether elements are numbers already, so that there is nothing to convert.</summary>
    static abstract bool IsPlain { get; }

    /// <summary>Writes <paramref name="count"/> numbers, and reads as many elements.</summary>
    static abstract void Widen(TStorage* source, TSum* target, int count);

    /// <summary>Writes <paramref name="count"/> rounded elements, and reads as many numbers.</summary>
    static abstract void Round(TSum* source, TStorage* target, int count);

    /// <summary>Writes pairs of rounded sums, of a number from each of two lines and the addend.</summary>
    static abstract void RoundPairs(TSum* even, TSum* odd, TSum addend, TStorage* target, int pairs);
}
