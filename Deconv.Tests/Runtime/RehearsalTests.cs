using Deconv.Geometry;
using Deconv.Planning;
using Deconv.Runtime;
using Deconv.Tests.Support;

namespace Deconv.Tests.Runtime;

[TestClass]
public sealed class RehearsalTests
{
    [TestMethod]
    [DataRow(8, "panel")]
    [DataRow(64, "winograd")]
    public void What_is_rehearsed_is_what_the_cpu_accelerator_plays(int channels, string family)
    {
        ConvTransposePlan rehearsed = Rehearsal.Plan(channels);
        ConvTransposePlan played = Planner.Plan(
            new ConvTransposeGeometry(rehearsed.Geometry.Spec),
            DeviceDescription.LimitsOf(TestAccelerators.Get("cpu").Accelerator));

        Assert.AreEqual(played.Variant, rehearsed.Variant);
        Assert.StartsWith(family, rehearsed.Variant.Name);
        Assert.IsNotNull(rehearsed.Packing);
    }

    [TestMethod]
    public void It_may_be_started_again_and_again()
    {
        Rehearsal.Start();
        Rehearsal.Start();

        using Engine engine = Engine.Create("cpu");
        Workload.Small.AssertRightOn(engine);
    }
}
