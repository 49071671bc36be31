using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;

namespace Deconv.Kernels.Intrinsics;

/// <summary>
/// What the 32 lanes of a warp compute together, on the CPU accelerator where each is a thread: lanes lay
/// out what they hold, and each then computes its own share from what all laid out.
/// </summary>
internal static class WarpEmulation
{
    private const int WarpSize = 32;

    /// <summary>The numbers of a word.</summary>
    public delegate float[] Decoder(uint word);

    public static Decoder TensorFloat { get; } = word => [BitConverter.UInt32BitsToSingle(word & ~0x1FFFu)];

    public static Decoder Halves { get; } = word =>
        [(float)BitConverter.UInt16BitsToHalf((ushort)word), (float)BitConverter.UInt16BitsToHalf((ushort)(word >> 16))];

    public static Decoder Brains { get; } = word =>
        [BitConverter.UInt32BitsToSingle(word << 16), BitConverter.UInt32BitsToSingle(word & 0xFFFF0000)];

    public static unsafe LeftFragment LoadMatrices(ref Quad row)
    {
        nint[] rows = Exchange((nint)Unsafe.AsPointer(ref row));
        int lane = Warp.LaneIdx;
        uint Word(int matrix) => ((uint*)rows[matrix * 8 + lane / 4])[lane % 4];
        var fragment = new LeftFragment { W0 = Word(0), W1 = Word(1), W2 = Word(2), W3 = Word(3) };

        // The rows may be written again as soon as any lane goes on.
        Warp.Barrier();
        return fragment;
    }

    public static SumFragment MultiplyAdd(SumFragment sum, LeftFragment left, RightFragment right, Decoder decode)
    {
        (LeftFragment Left, RightFragment Right)[] all = Exchange((left, right));
        int row = Warp.LaneIdx / 4;
        int column = Warp.LaneIdx % 4 * 2;
        return new()
        {
            S0 = sum.S0 + Product(row, column),
            S1 = sum.S1 + Product(row, column + 1),
            S2 = sum.S2 + Product(row + 8, column),
            S3 = sum.S3 + Product(row + 8, column + 1),
        };

        float Product(int i, int j)
        {
            float products = 0;
            for (int word = 0; word < 8; ++word)
            {
                LeftFragment x = all[i % 8 * 4 + word % 4].Left;
                RightFragment y = all[j * 4 + word % 4].Right;
                float[] xs = decode(i < 8 ? (word < 4 ? x.W0 : x.W2) : word < 4 ? x.W1 : x.W3);
                float[] ys = decode(word < 4 ? y.W0 : y.W1);
                for (int k = 0; k < xs.Length; ++k)
                    products += xs[k] * ys[k];
            }

            return products;
        }
    }

    /// <summary>What each lane holds, by its number, until the exchange after the next.</summary>
    private static T[] Exchange<T>(T mine)
    {
        if (Warp.WarpSize != WarpSize)
            throw new NotSupportedException($"This kernel needs warps of {WarpSize} lanes, not of {Warp.WarpSize}.");
        T[] all = Tables<T>.Next();
        all[Warp.LaneIdx] = mine;
        Warp.Barrier();
        return all;
    }

    /// <summary>
    /// Two tables for each warp, which is the same threads for an accelerator's life: while some lanes still read
    /// one, others write the other.
    /// </summary>
    private static class Tables<T>
    {
        [ThreadStatic]
        private static T[][]? own;

        [ThreadStatic]
        private static int number;

        public static T[] Next()
        {
            own ??= Shared();
            number ^= 1;
            return own[number];
        }

        /// <summary>The first lane's tables reach the others as a handle, which is a number.</summary>
        private static T[][] Shared()
        {
            nint handle = Warp.LaneIdx == 0 ? (nint)GCHandle.Alloc(new[] { new T[WarpSize], new T[WarpSize] }) : 0;
            long shared = Warp.Shuffle((long)handle, 0);
            var tables = (T[][])GCHandle.FromIntPtr((nint)shared).Target!;
            Warp.Barrier();
            if (Warp.LaneIdx == 0)
                GCHandle.FromIntPtr(handle).Free();
            return tables;
        }
    }
}
