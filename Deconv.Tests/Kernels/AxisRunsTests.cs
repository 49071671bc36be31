using System.Collections.Immutable;
using CsCheck;
using Deconv.Geometry;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Regions;
using Deconv.Planning;
using Deconv.Tests.Oracles;

namespace Deconv.Tests.Kernels;

/// <summary>Runs hold every output once, with the taps that reach it, and end only where they must.</summary>
[TestClass]
public sealed class AxisRunsTests
{
    private static readonly Gen<CaseShape> ShapeGen =
        Gen.Select(
            Gen.Int[1, 9],
            Gen.Int[1, 7],
            Gen.Int[1, 7],
            Gen.Int[1, 7],
            Gen.Int[0, 30],
            Gen.Int[1, 60],
            (input, kernel, stride, dilation, crop, output) =>
                Shape(input, kernel, stride, dilation, crop) with { Output = output });

    [TestMethod]
    public void Every_output_is_in_one_phase_of_one_run() => ShapeGen.Sample(
        shape =>
        {
            AxisProblem axis = Resolve(shape);
            var visits = new int[axis.OutputLength];
            foreach (AxisRun run in AxisRuns.Of(axis))
            {
                foreach (int output in Outputs(run, axis))
                    ++visits[output];
            }

            Assert.IsTrue(visits.All(count => count == 1), string.Join(" ", visits));
        },
        threads: 1);

    [TestMethod]
    public void Every_step_of_a_run_has_the_taps_and_inputs_of_its_outputs() => ShapeGen.Sample(
        shape =>
        {
            AxisProblem axis = Resolve(shape);
            foreach (AxisRun run in AxisRuns.Of(axis))
            {
                for (int step = 0; step < run.Length; ++step)
                {
                    foreach (RunPhase phase in run.Phases)
                    {
                        TapRange expected = axis.Outputs[phase.FirstOutput + step * axis.Stride];
                        Assert.AreEqual(expected.Count, phase.TapCount);
                        if (phase.TapCount == 0)
                            continue;
                        Assert.AreEqual(expected.FirstTap, phase.FirstTap);
                        Assert.AreEqual(expected.FirstInput, run.FirstInput + step);
                    }
                }

                Assert.AreEqual(run.Phases.Max(phase => phase.TapCount), run.Taps);
            }
        },
        threads: 1);

    /// <summary>
    /// A run that could go on would be followed, one step on, by a run of the same phases and taps.
    /// </summary>
    [TestMethod]
    public void No_run_continues_another() => ShapeGen.Sample(
        shape =>
        {
            AxisProblem axis = Resolve(shape);
            ImmutableArray<AxisRun> runs = AxisRuns.Of(axis);
            foreach (AxisRun run in runs)
                Assert.DoesNotContain(next => run.Continues(next with { Length = 1 }, axis.Stride), runs);
        },
        threads: 1);

    [TestMethod]
    public void Ordinary_upsampling_has_a_run_inside_and_one_at_each_end()
    {
        CaseShape shape = Shape(input: 64, kernel: 4, stride: 2, dilation: 1, crop: 1);
        AxisProblem axis = Resolve(shape with { Output = 128 });

        // Text, since arrays are compared by reference.
        string[] runs =
        [
            .. from run in AxisRuns.Of(axis)
               select $"{run.Length} from input {run.FirstInput}: {string.Join(' ', run.Phases)}",
        ];

        CollectionAssert.AreEqual(
            new[]
            {
                $"1 from input 0: {new RunPhase(FirstOutput: 0, FirstTap: 1, TapCount: 1)}",
                $"63 from input 1: {new RunPhase(1, 0, 2)} {new RunPhase(2, 1, 2)}",
                $"1 from input 63: {new RunPhase(127, 2, 1)}",
            },
            runs);
    }

    [TestMethod]
    public void A_kernel_as_long_as_the_stride_has_one_run()
    {
        CaseShape shape = Shape(input: 7, kernel: 3, stride: 3, dilation: 1, crop: 0);

        AxisRun run = AxisRuns.Of(Resolve(shape)).Single();

        Assert.AreEqual(7, run.Length);
        CollectionAssert.AreEqual(new RunPhase[] { new(0, 0, 1), new(1, 1, 1), new(2, 2, 1) }, run.Phases);
    }

    [TestMethod]
    public void A_window_past_the_canvas_has_a_run_without_taps()
    {
        CaseShape shape = Shape(input: 2, kernel: 2, stride: 2, dilation: 1, crop: 4);

        AxisRun run = AxisRuns.Of(Resolve(shape with { Output = 6 })).Single();

        Assert.AreEqual(3, run.Length);
        Assert.AreEqual(0, run.Taps);
        CollectionAssert.AreEqual(new RunPhase[] { new(0, 0, 0), new(1, 0, 0) }, run.Phases);
    }

    [TestMethod]
    public void Phases_that_a_dilation_moves_apart_have_runs_of_their_own()
    {
        // Taps 0 and 1 are one and a half strides apart, so the phases of a step read different inputs.
        CaseShape shape = Shape(input: 9, kernel: 2, stride: 2, dilation: 3, crop: 2);

        ImmutableArray<AxisRun> runs = AxisRuns.Of(Resolve(shape with { Output = 16 }));

        Assert.AreEqual(16, runs.Sum(run => run.Length * run.Phases.Length));
        Assert.Contains(run => run.Length == 8 && run.FirstInput == 1 && run.Phases.Length == 1, runs);
        Assert.Contains(run => run.Length == 8 && run.FirstInput == 0 && run.Phases.Length == 1, runs);
    }

    [TestMethod]
    public void A_huge_stride_and_crop_are_cut_without_overflow()
    {
        CaseShape shape = Shape(
            input: 2, kernel: 2, stride: int.MaxValue, dilation: 1, crop: int.MaxValue - 1);

        Assert.AreEqual(4, AxisRuns.Of(Resolve(shape with { Output = 4 })).Sum(run => run.Length * run.Phases.Length));
    }

    private static CaseShape Shape(int input, int kernel, int stride, int dilation, int crop) => new()
    {
        Input = input,
        Kernel = kernel,
        Stride = stride,
        Dilation = dilation,
        Crop = crop,
    };

    private static AxisProblem Resolve(CaseShape shape) =>
        Planner.Translate(new ConvTransposeGeometry(shape.ToSpec())).Height;

    private static IEnumerable<int> Outputs(AxisRun run, AxisProblem axis) =>
        from phase in run.Phases
        from step in Enumerable.Range(0, run.Length)
        select phase.FirstOutput + step * axis.Stride;
}
