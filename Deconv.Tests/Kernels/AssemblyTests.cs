using System.Globalization;
using System.Text;
using Deconv.Kernels.Launch;
using Deconv.Tests.Support;
using ILGPU.Runtime;

namespace Deconv.Tests.Kernels;

/// <summary>What NVIDIA's assembler makes of every kernel that GPUs run: nothing spilled, nothing unnoticed.</summary>
[TestClass]
public sealed class AssemblyTests
{
    public static IEnumerable<object[]> Rows => RowsOf(_ => true);

    public static IEnumerable<object[]> BoundedRows => RowsOf(entry => entry.Bounds.MaxNumThreadsPerGroup is not null);

    public static IEnumerable<object[]> PromisingRows => RowsOf(entry => entry.FusedShare > 0);

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
    [DynamicData(nameof(BoundedRows))]
    public void As_many_groups_fit_on_a_processor_as_the_variant_wants(string kernel, string architecture, string level)
    {
        KernelSpecialization bounds = KernelEntries.All[kernel].Bounds;
        int items = bounds.MaxNumThreadsPerGroup!.Value * (bounds.MinNumGroupsPerMultiprocessor ?? 1);

        int registers = (Ptxas.Assemble(kernel, architecture, level).Registers + 7) / 8 * 8;

        Assert.IsLessThanOrEqualTo(65536, registers * items);
    }

    [TestMethod]
    [DynamicData(nameof(PromisingRows))]
    public void The_inner_loop_has_the_share_of_products_that_its_variant_promises(
        string kernel, string architecture, string level)
    {
        double share = SassText.FusedShare(Ptxas.Disassemble(Ptxas.Assemble(kernel, architecture, level)));

        Assert.IsGreaterThanOrEqualTo(KernelEntries.All[kernel].FusedShare, share);
    }

    [TestMethod]
    [DataRow("simt128")]
    [DataRow("simt64x128")]
    [DataRow("simt64")]
    [DataRow("simt64-split")]
    public void Products_are_85_percent_of_the_inner_loop_of_scalar_tiles(string kernel)
    {
        foreach (string architecture in Ptxas.Architectures)
        {
            PtxasReport report = Ptxas.Assemble(kernel, architecture, OptimizationLevels.Own);
            double share = SassText.FusedShare(Ptxas.Disassemble(report));
            Assert.IsGreaterThanOrEqualTo(0.85, share, architecture);
        }
    }

    [TestMethod]
    public void Registers_and_shared_memory()
    {
        Ptxas.Require();
        var text = new StringBuilder(
            """
            registers of a work item / bytes of shared memory of a group / FFMA among the instructions of the inner
            loop, where a variant promises a share

            """);
        Add("kernel", Ptxas.Architectures);
        foreach (string kernel in ForGpus)
        {
            Add(kernel, Ptxas.Architectures.Select(architecture =>
            {
                PtxasReport report = Ptxas.Assemble(kernel, architecture, OptimizationLevels.Own);
                string share = KernelEntries.All[kernel].FusedShare > 0
                    ? string.Create(
                        CultureInfo.InvariantCulture, $" / {100 * SassText.FusedShare(Ptxas.Disassemble(report)):F0} %")
                    : "";
                return $"{report.Registers} / {report.SharedBytes}{share}";
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

    private static IEnumerable<object[]> RowsOf(Func<KernelEntry, bool> isAmong) =>
        from kernel in ForGpus
        where isAmong(KernelEntries.All[kernel])
        from architecture in Ptxas.Architectures
        from level in KernelEntries.OptimizedLevels
        select new object[] { kernel, architecture, level };
}
