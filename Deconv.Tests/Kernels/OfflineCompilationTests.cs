using System.Reflection;
using Deconv.Kernels.Offline;
using Deconv.Kernels.Variants;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

/// <summary>Every variant's kernel compiles for every GPU, and its text keeps what is promised.</summary>
[TestClass]
public sealed class OfflineCompilationTests
{
    public static IEnumerable<object[]> PtxRows =>
        from variant in VariantTable.All
        from architecture in OfflineCompiler.Architectures
        from level in OptimizationLevels.Names
        select new object[] { variant.Name, architecture.Name, level };

    public static IEnumerable<object[]> OptimizedPtxRows => PtxRows.Where(row => !row.Contains("O0"));

    public static IEnumerable<object[]> OpenClRows =>
        from variant in VariantTable.All
        from level in OptimizationLevels.Names
        select new object[] { variant.Name, level };

    [TestMethod]
    [DynamicData(nameof(PtxRows))]
    public void Ptx_has_one_entry_and_calls_only_what_it_defines(
        string variant, string architecture, string level)
    {
        string ptx = ToPtx(variant, architecture, level);

        Assert.AreEqual(1, KernelText.CountPtxEntries(ptx));
        Assert.IsEmpty(KernelText.UndefinedPtxCalls(ptx));
    }

    [TestMethod]
    [DynamicData(nameof(OptimizedPtxRows))]
    public void Optimized_ptx_keeps_everything_in_registers(
        string variant, string architecture, string level)
    {
        Assert.DoesNotContain(".local", ToPtx(variant, architecture, level));
    }

    [TestMethod]
    [DynamicData(nameof(OpenClRows))]
    public void OpenCl_has_one_kernel_and_calls_only_what_it_defines(string variant, string level)
    {
        string source = OfflineCompiler.ToOpenCl(EntryPointOf(variant), OptimizationLevels.Parse(level));

        Assert.AreEqual(1, KernelText.CountOpenClKernels(source));
        Assert.IsEmpty(KernelText.UndefinedOpenClCalls(source));
    }

    private static string ToPtx(string variant, string architecture, string level) => OfflineCompiler.ToPtx(
        EntryPointOf(variant),
        OfflineCompiler.Architectures.Single(row => row.Name == architecture).Architecture,
        OptimizationLevels.Parse(level));

    private static MethodInfo EntryPointOf(string variant) =>
        VariantTable.All.Single(v => v.Name == variant).EntryPoint;
}
