using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Deconv.Kernels.Simd;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

[TestClass]
public sealed class SimdLanesTests
{
    private const int Numbers = 100;

    /// <summary>At every byte of a line, aligned to a number or not.</summary>
    [TestMethod]
    public void A_copy_past_the_caches_is_whole_and_no_longer_wherever_it_begins()
    {
        AssertCopies<Simd128, Vector128<float>>();
        AssertCopies<Simd256, Vector256<float>>();
        AssertCopies<Simd512, Vector512<float>>();
    }

    private static unsafe void AssertCopies<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector, float>
        where TVector : struct
    {
        var source = new float[Numbers];
        new Random(5).NextBytes(MemoryMarshal.AsBytes(source.AsSpan()));
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes<float>(source);
        const nuint Length = 3 * CacheLines.Length + Numbers * sizeof(float);
        var memory = (byte*)NativeMemory.AlignedAlloc(Length, CacheLines.Length);
        try
        {
            fixed (float* first = source)
            {
                for (int start = 0; start < CacheLines.Length; ++start)
                {
                    foreach (int count in new[] { 0, 1, TSimd.Count, TSimd.Count + 15, Numbers })
                    {
                        var all = new Span<byte>(memory, (int)Length);
                        all.Fill(0xA5);
                        byte* target = memory + CacheLines.Length + start;

                        SimdLanes<TSimd, TVector, float>.CopyPastCaches(first, (float*)target, count);

                        byte[] expected = new byte[Length];
                        expected.AsSpan().Fill(0xA5);
                        bytes[..(count * sizeof(float))].CopyTo(expected.AsSpan(CacheLines.Length + start));
                        BitAssert.AreEqual<byte>(expected, all, $"{typeof(TSimd).Name}, {count} at {start}");
                    }
                }
            }
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }
}
