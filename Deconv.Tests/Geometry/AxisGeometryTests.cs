using Deconv.Geometry;
using Deconv.Kernels.Problem;

namespace Deconv.Tests.Geometry;

[TestClass]
public sealed class AxisGeometryTests
{
    /// <summary>
    /// Brute force over all small axes: o = i * stride + t * dilation - crop, for each input i and
    /// tap t, and nothing else.
    /// </summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(5)]
    public void Each_output_visits_exactly_the_pairs_of_input_and_tap_that_reach_it(int stride)
    {
        foreach (AxisSpec spec in SmallAxes(stride))
        {
            List<(int Tap, int Input)>[] expected = PairsByOutput(spec);
            var axis = new AxisGeometry(spec, Axis.Height);
            for (int output = 0; output < spec.Output; ++output)
            {
                CollectionAssert.AreEqual(
                    expected[output], Walk(axis, output), $"output {output} of {spec}");
            }
        }
    }

    [TestMethod]
    public void A_huge_stride_is_resolved_without_overflow()
    {
        var axis = new AxisGeometry(
            new() { Input = 2, Kernel = 2, Stride = int.MaxValue, Dilation = 1, Crop = int.MaxValue - 1, Output = 4 },
            Axis.Width);

        Assert.IsEmpty(Walk(axis, 0));
        CollectionAssert.AreEqual(new[] { (0, 1) }, Walk(axis, 1));
        CollectionAssert.AreEqual(new[] { (1, 1) }, Walk(axis, 2));
        Assert.IsEmpty(Walk(axis, 3));
    }

    [TestMethod]
    public void A_huge_dilation_is_resolved_without_overflow()
    {
        var axis = new AxisGeometry(
            new() { Input = 3, Kernel = 2, Stride = 2, Dilation = int.MaxValue, Crop = int.MaxValue - 1, Output = 4 },
            Axis.Width);

        Assert.IsEmpty(Walk(axis, 0));
        CollectionAssert.AreEqual(new[] { (1, 0) }, Walk(axis, 1));
        Assert.IsEmpty(Walk(axis, 2));
        CollectionAssert.AreEqual(new[] { (1, 1) }, Walk(axis, 3));
    }

    [TestMethod]
    public void A_crop_beyond_the_canvas_leaves_no_taps()
    {
        var axis = new AxisGeometry(
            new() { Input = 2, Kernel = 3, Stride = 2, Dilation = 1, Crop = int.MaxValue, Output = 3 },
            Axis.Width);

        for (int output = 0; output < 3; ++output)
            Assert.IsEmpty(Walk(axis, output));
    }

    /// <summary>
    /// One window per axis and crop, ending 3 past the canvas: shorter windows are its beginnings.
    /// </summary>
    private static IEnumerable<AxisSpec> SmallAxes(int stride) =>
        from input in Enumerable.Range(1, 4)
        from kernel in Enumerable.Range(1, 4)
        from dilation in Enumerable.Range(1, 4)
        let natural = (input - 1) * stride + (kernel - 1) * dilation + 1
        from crop in Enumerable.Range(0, natural + 2)
        select new AxisSpec
        {
            Input = input,
            Kernel = kernel,
            Stride = stride,
            Dilation = dilation,
            Crop = crop,
            Output = natural + 3,
        };

    private static List<(int Tap, int Input)>[] PairsByOutput(AxisSpec spec)
    {
        var pairs = new List<(int Tap, int Input)>[spec.Output];
        for (int output = 0; output < spec.Output; ++output)
            pairs[output] = [];
        for (int tap = 0; tap < spec.Kernel; ++tap)
        {
            for (int input = 0; input < spec.Input; ++input)
            {
                int output = input * spec.Stride + tap * spec.Dilation - spec.Crop;
                if (output >= 0 && output < spec.Output)
                    pairs[output].Add((tap, input));
            }
        }

        return pairs;
    }

    private static List<(int Tap, int Input)> Walk(AxisGeometry axis, int output)
    {
        TapRange range = axis.TapsAt(output);
        var pairs = new List<(int Tap, int Input)>();
        for (int j = 0; j < range.Count; ++j)
        {
            pairs.Add((
                range.FirstTap + j * axis.Phases.TapStep,
                range.FirstInput - j * axis.Phases.ShiftStep));
        }

        return pairs;
    }
}
