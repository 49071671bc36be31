using Deconv.Kernels.Variants;
using Deconv.Tests.Kernels;
using Deconv.Tests.Support;

namespace Deconv.Tests.Runtime;

/// <summary>Engines that are held to one variant.</summary>
[TestClass]
public sealed class EngineVariantTests
{
    public static IEnumerable<object[]> VariantRows => TestAccelerators.Cross(Engine.Variants);

    [TestMethod]
    public void The_names_are_those_of_the_table()
    {
        CollectionAssert.AreEqual(VariantTable.All.Select(v => v.Name).ToArray(), Engine.Variants.ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(VariantRows))]
    public void Every_plan_of_the_engine_has_the_variant(string variant, string accelerator)
    {
        using Engine engine = Engine.ForAccelerator(
            TestAccelerators.Get(accelerator).Accelerator, variant: variant);
        VariantRefusal.SkipIfRefused(engine, Workload.SmallShape.ToSpec(), variant);

        Workload.Small.AssertRightOn(engine);

        Assert.AreEqual(variant, engine.Variant);
        Assert.AreEqual(variant, engine.Plans.Single().Variant.Name);
    }

    [TestMethod]
    public void Without_a_name_the_engine_is_held_to_none()
    {
        using Engine engine = Engine.Create("cpu");

        Assert.IsNull(engine.Variant);
        Assert.IsEmpty(engine.Plans);
    }

    [TestMethod]
    public void An_unknown_name_is_refused_at_creation_with_the_names_there_are()
    {
        using ForeignAccelerator foreign = ForeignAccelerator.Create("cpu");

        ArgumentException created =
            Assert.ThrowsExactly<ArgumentException>(() => Engine.Create("cpu", "fastest"));
        ArgumentException given = Assert.ThrowsExactly<ArgumentException>(
            () => Engine.ForAccelerator(foreign.Accelerator, variant: "fastest"));

        foreach (ArgumentException refusal in new[] { created, given })
        {
            Assert.AreEqual("variant", refusal.ParamName);
            Assert.Contains($"'fastest', but it must be one of: {string.Join(", ", Engine.Variants)}", refusal.Message);
        }
    }
}
