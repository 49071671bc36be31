using Deconv.Geometry;
using Deconv.Tests.Support;

namespace Deconv.Tests.Geometry;

/// <summary>The rule of a refusal is a text that is made only when it is needed.</summary>
[TestClass]
public sealed class RefusalTests
{
    private int timesAsked;

    private int Limit
    {
        get
        {
            ++timesAsked;
            return 7;
        }
    }

    [TestMethod]
    public void A_rule_that_is_kept_is_not_written()
    {
        Refusal.Unless(true, "stride", 3, $"it must be at most {Limit}");
        Refusal.Unless(true, "stride", Axis.Width, 3, $"it must be at most {Limit}");

        Assert.AreEqual(0, timesAsked);
    }

    [TestMethod]
    public void A_rule_that_is_broken_is_written_once()
    {
        RefusalAssert.Throws("stride", ["stride is 9, but it must be at most 7."], () =>
        {
            Refusal.Unless(false, "stride", 9, $"it must be at most {Limit}");
            return this;
        });

        Assert.AreEqual(1, timesAsked);
    }

    [TestMethod]
    public void The_axis_is_named_before_a_rule_in_several_parts()
    {
        RefusalAssert.Throws("stride", ["stride is 9 on the width axis, but it must be at most 7, not 8."], () =>
        {
            Refusal.Unless(false, "stride", Axis.Width, 9, $"it must be at most {Limit}, " + $"not {Limit + 1}");
            return this;
        });
    }
}
