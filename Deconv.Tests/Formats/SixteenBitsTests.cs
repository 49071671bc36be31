using Deconv.Kernels.Formats;
using Deconv.Kernels.Launch;
using Deconv.Tests.Support;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Tests.Formats;

/// <summary>
/// All numbers of sixteen bits and a dense sweep of floats, by scalar text, by vectors and by kernels,
/// against <see cref="System.Half"/> and <see cref="BFloat16"/>.
/// </summary>
[TestClass]
public sealed class SixteenBitsTests
{
    /// <summary>What the formats are compared with.</summary>
    private static readonly Reference HalfReference = new(
        bits => (float)BitConverter.UInt16BitsToHalf(bits),
        value => BitConverter.HalfToUInt16Bits((System.Half)value));

    private static readonly Reference BrainReference = new(NextBrain, NearestBrain);

    private static readonly ushort[] AllBits = [.. Enumerable.Range(0, 65536).Select(bits => (ushort)bits)];

    private static readonly float[] Sweep = [.. Floats()];

    public static IEnumerable<object[]> Rows =>
        from accelerator in TestAccelerators.Names
        from level in OptimizationLevels.Names
        select new object[] { accelerator, level };

    [TestMethod]
    public void Scalars_are_the_references()
    {
        AssertScalars<HalfBits>(HalfReference);
        AssertScalars<BrainBits>(BrainReference);
    }

    [TestMethod]
    public void Runs_are_the_scalars()
    {
        // By one loop, and by a call for each vector of every length that there is.
        foreach (int length in new[] { Sweep.Length, 16, 8, 4, 1 })
        {
            AssertRuns<HalfBits>(length);
            AssertRuns<BrainBits>(length);
        }
    }

    [TestMethod]
    public void Pairs_are_the_scalars()
    {
        foreach (int length in new[] { Sweep.Length, 16, 8, 4, 1 })
        {
            AssertPairs<HalfBits>(length);
            AssertPairs<BrainBits>(length);
        }
    }

    [TestMethod]
    public void Pairs_of_vectors_with_few_numbers_that_are_not_finite_are_the_scalars()
    {
        // Each special number among ordinary ones, in each lane of either vector.
        float[] specials = [float.NaN, -float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -65520, 0, -0f, 1e-45f];
        foreach (float special in specials)
        {
            for (int place = 0; place < 32; ++place)
            {
                float[] floats = [.. Enumerable.Range(0, 32).Select(i => i == place ? special : (i - 15) * 1.0009766f)];
                AssertPairs<HalfBits>(floats, 16);
                AssertPairs<BrainBits>(floats, 16);
            }
        }
    }

    [TestMethod]
    public void Runs_of_every_length_stay_inside()
    {
        for (int count = 0; count <= 70; ++count)
        {
            AssertStaysInside<HalfBits>(count);
            AssertStaysInside<BrainBits>(count);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Kernels_are_the_scalars(string accelerator, string level)
    {
        using var foreign = ForeignAccelerator.Create(accelerator, OptimizationLevels.Parse(level));
        AssertKernels<HalfBits>(foreign.Accelerator);
        AssertKernels<BrainBits>(foreign.Accelerator);
    }

    private static void AssertScalars<TBits>(Reference reference)
        where TBits : struct, ISixteenBits
    {
        foreach (ushort bits in AllBits)
            AssertSame(reference.ToFloat(bits), TBits.ToFloat(bits), $"{bits:x4}");
        foreach (float value in Sweep)
        {
            float expected = reference.ToFloat(reference.Round(value));
            AssertSame(expected, reference.ToFloat(TBits.Round(value)), $"{value:R}");
        }
    }

    private static unsafe void AssertRuns<TBits>(int length)
        where TBits : struct, ISixteenBits
    {
        var widened = new float[AllBits.Length];
        var rounded = new ushort[Sweep.Length];
        fixed (ushort* source = AllBits, target = rounded)
        fixed (float* floats = widened, sweep = Sweep)
        {
            for (int i = 0; i < AllBits.Length; i += length)
                SixteenBitRuns<TBits>.Widen(source + i, floats + i, Math.Min(length, AllBits.Length - i));
            for (int i = 0; i < Sweep.Length; i += length)
                SixteenBitRuns<TBits>.Round(sweep + i, target + i, Math.Min(length, Sweep.Length - i));
        }

        BitAssert.AreEqual(AllBits.Select(TBits.ToFloat).ToArray(), widened, $"widened by {length}");
        CollectionAssert.AreEqual(Sweep.Select(TBits.Round).ToArray(), rounded, $"rounded by {length}");
    }

    /// <summary>The sweep, with itself from back to front.</summary>
    private static void AssertPairs<TBits>(int length)
        where TBits : struct, ISixteenBits => AssertPairs<TBits>([.. Sweep, .. Sweep.Reverse()], length);

    private static unsafe void AssertPairs<TBits>(float[] floats, int length)
        where TBits : struct, ISixteenBits
    {
        int pairs = floats.Length / 2;
        const float Neutral = -0f;
        var rounded = new ushort[floats.Length];
        fixed (float* even = floats)
        fixed (ushort* target = rounded)
        {
            float* odd = even + pairs;
            for (int i = 0; i < pairs; i += length)
                SixteenBitRuns<TBits>.RoundPairs(even + i, odd + i, Neutral, target + 2 * i, Math.Min(length, pairs - i));
        }

        CollectionAssert.AreEqual(
            Enumerable.Range(0, floats.Length).Select(i => TBits.Round(floats[i / 2 + i % 2 * pairs])).ToArray(),
            rounded,
            $"in pairs by {length}: {floats[0]}, {floats[^1]}");
    }

    private static unsafe void AssertStaysInside<TBits>(int count)
        where TBits : struct, ISixteenBits
    {
        const ushort Guard = 0x3c01;
        var bits = new ushort[count + 1];
        var floats = new float[count + 1];
        bits[count] = Guard;
        floats[count] = -987.25f;
        for (int i = 0; i < count; ++i)
            bits[i] = TBits.Round(i);
        fixed (ushort* source = bits)
        fixed (float* target = floats)
        {
            SixteenBitRuns<TBits>.Widen(source, target, count);
            Assert.AreEqual(-987.25f, floats[count]);
            SixteenBitRuns<TBits>.Round(target, source, count);
            Assert.AreEqual(Guard, bits[count]);
            if (count % 2 == 0)
                SixteenBitRuns<TBits>.RoundPairs(target, target, 0, source, count / 2);
            Assert.AreEqual(Guard, bits[count]);
            SixteenBitRuns<TBits>.Round(target, source, count);
        }

        for (int i = 0; i < count; ++i)
            Assert.AreEqual((i, TBits.Round(i)), ((int)floats[i], bits[i]), $"{i} of {count}");
    }

    private static void AssertKernels<TBits>(Accelerator accelerator)
        where TBits : struct, ISixteenBits
    {
        using MemoryBuffer1D<ushort, Stride1D.Dense> bits = accelerator.Allocate1D(AllBits);
        using MemoryBuffer1D<float, Stride1D.Dense> widened = accelerator.Allocate1D<float>(AllBits.Length);
        using MemoryBuffer1D<float, Stride1D.Dense> sweep = accelerator.Allocate1D(Sweep);
        using MemoryBuffer1D<ushort, Stride1D.Dense> rounded = accelerator.Allocate1D<ushort>(Sweep.Length);
        Launch<ushort, float>(accelerator, WidenKernel<TBits>, bits.View, widened.View);
        Launch<float, ushort>(accelerator, RoundKernel<TBits>, sweep.View, rounded.View);
        accelerator.Synchronize();

        foreach ((ushort source, float value) in AllBits.Zip(widened.GetAsArray1D()))
            AssertSame(TBits.ToFloat(source), value, $"{source:x4}");
        foreach ((float source, ushort value) in Sweep.Zip(rounded.GetAsArray1D()))
            AssertSame(TBits.ToFloat(TBits.Round(source)), TBits.ToFloat(value), $"{source:R}");
    }

    private static void Launch<TSource, TTarget>(
        Accelerator accelerator,
        Action<ArrayView<TSource>, ArrayView<TTarget>> kernel,
        ArrayView<TSource> source,
        ArrayView<TTarget> target)
        where TSource : unmanaged
        where TTarget : unmanaged
    {
        var launch = KernelLoader
            .Load<Action<AcceleratorStream, KernelConfig, ArrayView<TSource>, ArrayView<TTarget>>>(
                accelerator, new KernelEntry("convert", kernel.Method));
        launch(accelerator.DefaultStream, new KernelConfig(16, 1), source, target);
    }

    private static void WidenKernel<TBits>(ArrayView<ushort> source, ArrayView<float> target)
        where TBits : struct, ISixteenBits
    {
        for (int i = Grid.IdxX; i < source.Length; i += Grid.DimX)
            target[i] = TBits.ToFloat(source[i]);
    }

    private static void RoundKernel<TBits>(ArrayView<float> source, ArrayView<ushort> target)
        where TBits : struct, ISixteenBits
    {
        for (int i = Grid.IdxX; i < source.Length; i += Grid.DimX)
            target[i] = TBits.Round(source[i]);
    }

    /// <summary>
    /// Every exponent with fractions about those where rounding turns: the middles between two
    /// halves and between two bfloat16 numbers, normal or not, and a step of a float to either side.
    /// </summary>
    private static IEnumerable<float> Floats()
    {
        var random = new Random(4);
        for (uint upper = 0; upper < 65536; ++upper)
        {
            uint[] lowers = [0, 1, 0x7fff, 0x8000, 0x8001, 0xffff, (uint)random.Next(65536)];
            foreach (uint lower in lowers)
                yield return BitConverter.UInt32BitsToSingle((upper << 16) | lower);
        }

        for (int bits = 0; bits < 65536; ++bits)
        {
            float value = (float)BitConverter.UInt16BitsToHalf((ushort)bits);
            float next = (float)BitConverter.UInt16BitsToHalf((ushort)(bits + 1));
            float middle = float.IsInfinity(next) ? MathF.CopySign(65520, value) : (value + next) / 2;
            yield return value;
            yield return MathF.BitDecrement(middle);
            yield return middle;
            yield return MathF.BitIncrement(middle);
        }
    }

    private static float NextBrain(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    /// <summary>The nearest of the two neighbours, by their distances in double.</summary>
    private static ushort NearestBrain(float value)
    {
        var below = (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16);
        if (!float.IsFinite(value))
            return float.IsNaN(value) ? (ushort)(below | 0x40) : below;
        double down = Math.Abs(value - (double)NextBrain(below));
        double next = (below & 0x7fff) == 0x7f7f
            ? Math.CopySign(Math.ScaleB(1, 128), value)
            : NextBrain((ushort)(below + 1));
        double up = Math.Abs(next - value);
        bool isUp = up < down || (up == down && below % 2 == 1);
        return (ushort)(below + (isUp ? 1 : 0));
    }

    /// <summary>NaN is compared as NaN of a sign: devices are free in the rest.</summary>
    private static void AssertSame(float expected, float actual, string what)
    {
        bool isSame = float.IsNaN(expected)
            ? float.IsNaN(actual) && float.IsNegative(expected) == float.IsNegative(actual)
            : BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(actual);
        if (!isSame)
            Assert.Fail($"{what}: {actual:R}, expected {expected:R}");
    }

    private sealed record Reference(Func<ushort, float> ToFloat, Func<float, ushort> Round);
}
