using System.Runtime;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Variants;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

[TestClass]
public sealed class AheadOfTimeTests
{
    public static IEnumerable<object[]> Variants => VariantTable.All.Select(variant => new object[] { variant.Name });

    [TestMethod]
    public void What_is_optimised_from_the_first_call_on_is_compiled_and_nothing_else()
    {
        AheadOfTime.Compile(typeof(Sample<short>));

        Assert.AreEqual(1, CompiledBy(() => AheadOfTime.Compile(typeof(Sample<int>))));
        Assert.AreEqual(0, CompiledBy(() => Sample<int>.Optimised()));
        Assert.AreEqual(1, CompiledBy(() => Sample<int>.Tiered()));
    }

    [TestMethod]
    [DynamicData(nameof(Variants))]
    public void A_variant_leaves_nothing_to_a_second_time(string name)
    {
        KernelVariant variant = VariantTable.All.First(v => v.Name == name);
        foreach (ElementType element in Enum.GetValues<ElementType>())
        {
            var shape = new CaseShape { GroupInputChannels = 8, GroupOutputChannels = 8, Input = 4, Kernel = 2 };
            if (VariantRefusal.Of(TestAccelerators.Get("cpu"), shape.ToSpec() with { Element = element }, name) is not null)
                continue;
            variant.CompileAhead(element);

            Assert.AreEqual(0, CompiledBy(() => variant.CompileAhead(element)));
        }
    }

    /// <summary>How many methods the runtime compiles on this thread while an action runs, the action's own left out.</summary>
    private static long CompiledBy(Action action)
    {
        RuntimeHelpers.PrepareDelegate(action);
        long before = JitInfo.GetCompiledMethodCount(currentThread: true);
        action();
        return JitInfo.GetCompiledMethodCount(currentThread: true) - before;
    }

    private static class Sample<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public static T? Optimised() => default;

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static T? Tiered() => default;
    }
}
