using Deconv.Geometry;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Projection;
using Deconv.Planning;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace Deconv.Tests.Kernels;

/// <summary>What the projecting variant promises beyond what every variant is held to.</summary>
[TestClass]
public sealed class ProjectionVariantTests
{
    /// <summary>Two tiles of samples and of channels, neither full, and parts of more than one depth.</summary>
    private static readonly CaseShape Projection = new()
    {
        Batch = 19,
        Groups = 2,
        GroupInputChannels = 75,
        GroupOutputChannels = 7,
        Kernel = (3, 2),
        HasBias = true,
    };

    [TestMethod]
    public void Result_is_right_where_work_items_are_threads_and_a_few_groups_compute_many_tiles()
    {
        using Context context = Context.Create(builder => builder.CPU(CPUDeviceKind.Intel));
        using Accelerator accelerator = context.Devices[0].CreateAccelerator(context);
        DeviceLimits limits = PlannedRun.Gpu with { MaxGroupSize = accelerator.MaxNumThreadsPerGroup, MaxGridSize = 2 };
        ConvTransposeCase c = CaseData.Dyadic(Projection.ToSpec(), seed: 41);
        ConvTransposePlan plan = Planner.Plan(new ConvTransposeGeometry(c.Spec), limits, "project");

        float[] output = PlannedRun.Run(accelerator, c, plan);

        Assert.AreEqual(4, ((KernelLaunch<ProjectionParams>)plan.Launch).Parameters.Parts);
        BitAssert.AreEqual(GuardedRun.Rounded(ScatterOracle.Compute(c)), output, Projection.Name);
    }

    [TestMethod]
    [DataRow("Gpu", true)]
    [DataRow("CpuAccelerator", false)]
    [DataRow("OpenClCpu", false)]
    public void Small_batches_are_projected_by_it_on_gpus(string kind, bool isChosen)
    {
        var shape = new CaseShape { Batch = 16, GroupInputChannels = 100, GroupOutputChannels = 512, Kernel = 4 };
        DeviceLimits device = PlannedRun.Gpu with { Kind = Enum.Parse<DeviceKind>(kind) };

        ConvTransposePlan plan = Planner.Plan(new ConvTransposeGeometry(shape.ToSpec()), device);

        Assert.AreEqual(isChosen, plan.Variant.Name == "project", plan.Explain());
    }

    [TestMethod]
    public void Other_calls_are_refused() => Assert.AreEqual(
        "it is for inputs of one pixel, each tap of which is an output of its own",
        new ProjectionVariant().Refuse(
            Planner.Translate(new ConvTransposeGeometry(new CaseShape { Input = (1, 2) }.ToSpec())), PlannedRun.Gpu));
}
