using System.Reflection;
using Deconv.Kernels.Offline;
using Deconv.Kernels.Variants;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

/// <summary>Every variant's kernel compiles for every GPU, and its text keeps what is promised.</summary>
[TestClass]
public sealed class OfflineCompilationTests
{
    private static readonly Dictionary<string, MethodInfo> EntryPoints = VariantTable.All
        .SelectMany(variant => variant.EntryPoints)
        .ToDictionary(entry => entry.Name, entry => entry.Method);

    public static IEnumerable<object[]> PtxRows =>
        from entry in EntryPoints
        from architecture in OfflineCompiler.Architectures
        from level in OptimizationLevels.Names
        select new object[] { entry.Key, architecture.Name, level };

    public static IEnumerable<object[]> OptimizedPtxRows => PtxRows.Where(row => !row.Contains("O0"));

    public static IEnumerable<object[]> OpenClRows =>
        from entry in EntryPoints
        from level in OptimizationLevels.Names
        select new object[] { entry.Key, level };

    [TestMethod]
    [DynamicData(nameof(PtxRows))]
    public void Ptx_has_one_entry_and_calls_only_what_it_defines(
        string kernel, string architecture, string level)
    {
        string ptx = ToPtx(kernel, architecture, level);

        Assert.AreEqual(1, KernelText.CountPtxEntries(ptx));
        Assert.IsEmpty(KernelText.UndefinedPtxCalls(ptx));
    }

    [TestMethod]
    [DynamicData(nameof(OptimizedPtxRows))]
    public void Optimized_ptx_keeps_everything_in_registers(
        string kernel, string architecture, string level)
    {
        Assert.DoesNotContain(".local", ToPtx(kernel, architecture, level));
    }

    [TestMethod]
    [DynamicData(nameof(OptimizedPtxRows))]
    public void Optimized_ptx_uses_shared_memory_between_any_two_barriers(
        string kernel, string architecture, string level)
    {
        string[] steps = KernelText.SharedMemorySteps(ToPtx(kernel, architecture, level));

        Assert.DoesNotContain("barrier barrier", string.Join(' ', steps));
    }

    [TestMethod]
    [DynamicData(nameof(OpenClRows))]
    public void OpenCl_has_one_kernel_and_calls_only_what_it_defines(string kernel, string level)
    {
        string source = OfflineCompiler.ToOpenCl(EntryPoints[kernel], OptimizationLevels.Parse(level));

        Assert.AreEqual(1, KernelText.CountOpenClKernels(source));
        Assert.IsEmpty(KernelText.UndefinedOpenClCalls(source));
    }

    private static string ToPtx(string kernel, string architecture, string level) => OfflineCompiler.ToPtx(
        EntryPoints[kernel],
        OfflineCompiler.Architectures.Single(row => row.Name == architecture).Architecture,
        OptimizationLevels.Parse(level));
}
