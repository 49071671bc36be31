using System.Globalization;
using System.Text;
using Deconv.Kernels.Launch;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

/// <summary>What NVIDIA's assembler makes of every kernel that GPUs run: nothing spilled, nothing unnoticed.</summary>
[TestClass]
public sealed class AssemblyTests
{
    /// <summary>At which the library's own contexts compile for GPUs.</summary>
    private const string OwnLevel = "O1";

    public static IEnumerable<object[]> Rows =>
        from kernel in ForGpus
        from architecture in Ptxas.Architectures
        from level in KernelEntries.OptimizedLevels
        select new object[] { kernel, architecture, level };

    private static IEnumerable<string> ForGpus =>
        KernelEntries.All.Values.Where(entry => entry.IsForGpus).Select(entry => entry.Name);

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Nothing_is_spilled(string kernel, string architecture, string level)
    {
        PtxasReport report = Ptxas.Assemble(kernel, architecture, level);

        Assert.AreEqual(0, report.SpillBytes);
        Assert.AreEqual(0, report.StackBytes);
    }

    /// <summary>A processor has 65536 registers, which it hands out in eights.</summary>
    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void As_many_groups_fit_on_a_processor_as_the_variant_wants(string kernel, string architecture, string level)
    {
        KernelEntry entry = KernelEntries.All[kernel];
        if (entry.Bounds.MaxNumThreadsPerGroup is not int items)
            return;

        int registers = (Ptxas.Assemble(kernel, architecture, level).Registers + 7) / 8 * 8;

        Assert.IsLessThanOrEqualTo(65536, registers * items * (entry.Bounds.MinNumGroupsPerMultiprocessor ?? 1));
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void The_inner_loop_has_the_share_of_products_that_its_variant_promises(
        string kernel, string architecture, string level)
    {
        double share = SassText.FusedShare(Ptxas.Assemble(kernel, architecture, level).Sass);

        Assert.IsGreaterThanOrEqualTo(KernelEntries.All[kernel].FusedShare, share);
    }

    [TestMethod]
    public void Registers_and_shared_memory()
    {
        Ptxas.Require();
        var text = new StringBuilder(
            "registers of a work item / bytes of shared memory of a group / FFMA among the instructions of the inner loop\n");
        Add("kernel", Ptxas.Architectures);
        foreach (string kernel in ForGpus)
        {
            Add(kernel, Ptxas.Architectures.Select(architecture =>
            {
                PtxasReport report = Ptxas.Assemble(kernel, architecture, OwnLevel);
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{report.Registers} / {report.SharedBytes} / {100 * SassText.FusedShare(report.Sass):F0} %");
            }));
        }

        Verifier.For<AssemblyTests>().Verify(text.ToString());

        void Add(string name, IEnumerable<string> cells) =>
            text.Append(CultureInfo.InvariantCulture, $"{name,-24}{string.Concat(cells.Select(cell => $"{cell,24}"))}\n");
    }

    [TestMethod]
    public void Spills_and_the_stack_of_all_functions_are_read_off_a_report()
    {
        const string Report =
            """
            ptxas info    : 0 bytes gmem
            ptxas info    : Compiling entry function 'Kernel_Run' for 'sm_80'
            ptxas info    : Function properties for Kernel_Run
                128 bytes stack frame, 184 bytes spill stores, 224 bytes spill loads
            ptxas info    : Used 255 registers, 128 bytes cumulative stack size, 12288 bytes smem, 680 bytes cmem[0]
            ptxas info    : Function properties for Helper
                0 bytes stack frame, 4 bytes spill stores, 8 bytes spill loads
            """;

        Assert.AreEqual(new PtxasReport(255, 128, 420, 12288), Ptxas.Parse(Report));
    }
}
