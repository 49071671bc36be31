using Deconv.Kernels.Offline;
using Deconv.Tests.Support;
using ILGPU.Runtime;

namespace Deconv.Tests.Kernels;

/// <summary>Every variant's kernel compiles for every GPU, and its text keeps what is promised.</summary>
[TestClass]
public sealed class OfflineCompilationTests
{
    public static IEnumerable<object[]> PtxRows => PtxRowsAt(OptimizationLevels.Names);

    public static IEnumerable<object[]> OptimizedPtxRows => PtxRowsAt(KernelEntries.OptimizedLevels);

    public static IEnumerable<object[]> OpenClRows =>
        from kernel in KernelEntries.All.Keys
        where KernelEntries.All[kernel].Oldest is null
        from level in OptimizationLevels.Names
        select new object[] { kernel, level };

    [TestMethod]
    [DynamicData(nameof(PtxRows))]
    public void Ptx_has_one_entry_and_calls_only_what_it_defines(
        string kernel, string architecture, string level)
    {
        string ptx = KernelEntries.Ptx(kernel, architecture, level);

        Assert.AreEqual(1, KernelText.CountPtxEntries(ptx));
        Assert.IsEmpty(KernelText.UndefinedPtxCalls(ptx));
    }

    [TestMethod]
    [DynamicData(nameof(OptimizedPtxRows))]
    public void Optimized_ptx_keeps_everything_in_registers(
        string kernel, string architecture, string level)
    {
        Assert.DoesNotContain(".local", KernelEntries.Ptx(kernel, architecture, level));
    }

    [TestMethod]
    [DynamicData(nameof(OptimizedPtxRows))]
    public void Optimized_ptx_uses_shared_memory_between_any_two_barriers(
        string kernel, string architecture, string level)
    {
        string[] steps = KernelText.SharedMemorySteps(KernelEntries.Ptx(kernel, architecture, level));

        Assert.DoesNotContain("barrier barrier", string.Join(' ', steps));
    }

    [TestMethod]
    [DynamicData(nameof(OptimizedPtxRows))]
    public void Optimized_ptx_has_the_instructions_that_its_variant_promises(
        string kernel, string architecture, string level)
    {
        string ptx = KernelEntries.Ptx(kernel, architecture, level);

        foreach (string instruction in KernelEntries.All[kernel].Instructions)
            Assert.Contains($"{instruction} ", ptx.Replace('\t', ' '));
    }

    [TestMethod]
    [DynamicData(nameof(PtxRows))]
    public void Ptx_bounds_the_registers_as_its_variant_does(string kernel, string architecture, string level)
    {
        string ptx = KernelEntries.Ptx(kernel, architecture, level);

        KernelSpecialization bounds = KernelEntries.All[kernel].Bounds;
        Assert.AreEqual(bounds.MaxNumThreadsPerGroup, KernelText.PtxDirective(ptx, "maxntid"));
        Assert.AreEqual(bounds.MinNumGroupsPerMultiprocessor, KernelText.PtxDirective(ptx, "minnctapersm"));
    }

    [TestMethod]
    [DynamicData(nameof(OpenClRows))]
    public void OpenCl_has_one_kernel_and_calls_only_what_it_defines(string kernel, string level)
    {
        string source = OfflineCompiler.ToOpenCl(KernelEntries.All[kernel], OptimizationLevels.Parse(level));

        Assert.AreEqual(1, KernelText.CountOpenClKernels(source));
        Assert.IsEmpty(KernelText.UndefinedOpenClCalls(source));
    }

    private static IEnumerable<object[]> PtxRowsAt(IEnumerable<string> levels) =>
        from kernel in KernelEntries.All.Values
        from level in levels
        from architecture in KernelEntries.ArchitecturesOf(kernel)
        select new object[] { kernel.Name, architecture, level };
}
