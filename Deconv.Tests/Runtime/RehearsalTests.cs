using Deconv.Geometry;
using Deconv.Planning;
using Deconv.Runtime;
using Deconv.Tests.Support;

namespace Deconv.Tests.Runtime;

[TestClass]
public sealed class RehearsalTests
{
    [TestMethod]
    public void What_is_rehearsed_is_what_the_cpu_accelerator_plays()
    {
        ConvTransposePlan rehearsed = Rehearsal.Plan();
        ConvTransposePlan played = Planner.Plan(
            new ConvTransposeGeometry(rehearsed.Geometry.Spec),
            DeviceDescription.LimitsOf(TestAccelerators.Get("cpu").Accelerator));

        Assert.AreEqual(played.Variant, rehearsed.Variant);
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
