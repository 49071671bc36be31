using Deconv.Geometry;
using Deconv.Kernels.Problem;
using Deconv.Planning;
using Deconv.Tests.Oracles;

namespace Deconv.Tests.Kernels;

/// <summary>Taps become output channels exactly where that is all that a problem is.</summary>
[TestClass]
public sealed class ProjectionTests
{
    private static readonly CaseShape Projection = new()
    {
        Batch = 3,
        Groups = 2,
        GroupInputChannels = 5,
        GroupOutputChannels = 3,
        Kernel = (2, 5),
        HasBias = true,
    };

    [TestMethod]
    public void The_taps_of_one_pixel_are_channels()
    {
        KernelProblem original = ProblemOf(Projection);

        KernelProblem problem = original.WithTapsAsChannels();

        Assert.AreEqual(60, problem.OutputChannels);
        Assert.AreEqual(10, problem.ChannelsPerBias);
        Assert.AreEqual((1, 1), (problem.Height.OutputLength, problem.Width.OutputLength));
        Assert.AreEqual(original.OutputCount, problem.OutputCount);
        Assert.AreEqual(original.ProductCount, problem.ProductCount);
        Assert.AreEqual(original.InputStrides.Outermost, problem.InputStrides.Outermost);
        Assert.AreEqual(original.OutputStrides.Outermost, problem.OutputStrides.Outermost);
        Assert.AreEqual(original.Weight.Strides.Outermost, problem.Weight.Strides.Outermost);
    }

    [TestMethod]
    public void Strides_make_no_difference() =>
        Assert.AreEqual(60, ProblemOf(Projection with { Stride = (3, 7) }).WithTapsAsChannels().OutputChannels);

    [TestMethod]
    public void Without_a_bias_no_channels_share_one() => Assert.AreEqual(
        0, ProblemOf(Projection with { HasBias = false }).WithTapsAsChannels().ChannelsPerBias);

    [TestMethod]
    public void Another_problem_stays_as_it_is()
    {
        RequireUnchanged(Projection with { Input = (1, 2) });
        RequireUnchanged(Projection with { Dilation = (2, 1) });
        RequireUnchanged(Projection with { Crop = (0, 1) });
        RequireUnchanged(Projection with { Output = (3, 5) });
        RequireUnchanged(Projection with { Crop = (0, 1), Output = (2, 5) });
    }

    [TestMethod]
    public void Channels_last_stay_as_they_are()
    {
        KernelProblem problem = ProblemOf(Projection) with { Layout = TensorLayout.ChannelsLast };

        Assert.AreSame(problem, problem.WithTapsAsChannels());
    }

    private static void RequireUnchanged(CaseShape shape)
    {
        KernelProblem problem = ProblemOf(shape);

        Assert.AreSame(problem, problem.WithTapsAsChannels(), shape.Name);
    }

    private static KernelProblem ProblemOf(CaseShape shape) =>
        Planner.Translate(new ConvTransposeGeometry(shape.ToSpec()));
}
