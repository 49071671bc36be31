using Deconv.Geometry;

namespace Deconv.Tests.Geometry;

[TestClass]
public sealed class PhaseTableTests
{
    private const int Limit = 6;

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(5)]
    [DataRow(6)]
    public void Each_tap_lands_in_its_phase_and_in_no_other(int stride)
    {
        for (int kernel = 1; kernel <= Limit; ++kernel)
        {
            for (int dilation = 1; dilation <= Limit; ++dilation)
            {
                var table = new PhaseTable(kernel, stride, dilation);
                var seen = new int[kernel];
                for (int index = 0; index < stride; ++index)
                {
                    Phase phase = table[index];
                    for (int j = 0; j < phase.TapCount; ++j)
                    {
                        int tap = phase.FirstTap + j * table.TapStep;
                        int shift = phase.FirstShift + j * table.ShiftStep;
                        Assert.AreEqual(tap * dilation, shift * stride + index, Name(kernel, stride, dilation));
                        ++seen[tap];
                    }
                }

                Assert.IsTrue(seen.All(count => count == 1), Name(kernel, stride, dilation));
            }
        }
    }

    [TestMethod]
    [DataRow(1, 1, 1)]
    [DataRow(2, 1, 2)]
    [DataRow(3, 6, 1)]
    [DataRow(4, 6, 2)]
    [DataRow(6, 4, 3)]
    [DataRow(6, 3, 2)]
    [DataRow(5, 7, 5)]
    public void Stride_over_the_common_divisor_phases_have_taps(int stride, int dilation, int withTaps)
    {
        var table = new PhaseTable(kernel: 20, stride, dilation);

        Assert.AreEqual(stride, table.Count);
        Assert.AreEqual(withTaps, Enumerable.Range(0, stride).Count(index => table[index].TapCount > 0));
    }

    [TestMethod]
    public void A_phase_that_no_tap_reaches_has_tap_count_0()
    {
        var table = new PhaseTable(kernel: 2, stride: 5, dilation: 2);

        int[] counts = [.. Enumerable.Range(0, 5).Select(index => table[index].TapCount)];

        CollectionAssert.AreEqual(new[] { 1, 0, 1, 0, 0 }, counts);
    }

    [TestMethod]
    public void A_huge_stride_costs_as_much_as_the_kernel_is_long()
    {
        var table = new PhaseTable(kernel: 3, int.MaxValue, dilation: 1);

        Assert.AreEqual(int.MaxValue, table.Count);
        Assert.AreEqual(new Phase(2, FirstTap: 2, FirstShift: 0, TapCount: 1), table[2]);
        Assert.AreEqual(0, table[3].TapCount);
        Assert.AreEqual(0, table[int.MaxValue - 1].TapCount);
    }

    [TestMethod]
    public void A_huge_dilation_shifts_without_overflow()
    {
        var table = new PhaseTable(kernel: 4, stride: 3, int.MaxValue);

        // 2^31 - 1 is 1 mod 3: taps 0 and 3 share phase 0.
        Assert.AreEqual(new Phase(0, FirstTap: 0, FirstShift: 0, TapCount: 2), table[0]);
        Assert.AreEqual(new Phase(2, FirstTap: 2, FirstShift: 1_431_655_764, TapCount: 1), table[2]);
        Assert.AreEqual(int.MaxValue, table.ShiftStep);
    }

    private static string Name(int kernel, int stride, int dilation) =>
        $"kernel {kernel}, stride {stride}, dilation {dilation}";
}
