using System.Runtime.CompilerServices;
using Deconv.Kernels.Launch;
using Deconv.Tests.Support;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace Deconv.Tests.Kernels;

/// <summary>The CPU accelerator runs .NET methods that ILGPU has not seen.</summary>
[TestClass]
public sealed class CpuLauncherTests
{
    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(7, 1)]
    [DataRow(1, 2)]
    [DataRow(5, 2)]
    public void Each_work_item_runs_once_and_knows_its_place(int gridSize, int groupSize)
    {
        using Engine engine = TestAccelerators.CreateOwned("cpu");
        int[] runs = new int[gridSize * groupSize];
        KernelLauncher launcher = CpuLauncher.Of(
            engine.Accelerator,
            (_, in _, in _) => Interlocked.Increment(ref runs[Grid.IdxX * Group.DimX + Group.IdxX]));

        launcher(engine.Stream, LaunchOf(gridSize, groupSize), NoMemory, NoOperands);

        CollectionAssert.AreEqual(Enumerable.Repeat(1, runs.Length).ToArray(), runs);
    }

    [TestMethod]
    public void Kernel_gets_what_is_launched()
    {
        using Engine engine = TestAccelerators.CreateOwned("cpu");
        using MemoryBuffer1D<byte, Stride1D.Dense> buffer = engine.Accelerator.Allocate1D<byte>(9);
        ArrayView<byte> bytes = buffer.View;
        KernelLaunch<int> launch = LaunchOf(1, 1);
        var memory = new LaunchMemory { Table = bytes.SubView(0, 4).Cast<int>(), Scratch = bytes.SubView(4, 1), FirstCount = 3 };
        var operands = new KernelOperands
        {
            Input = bytes.SubView(5, 1),
            Weight = bytes.SubView(6, 1),
            Bias = bytes.SubView(7, 1),
            Output = bytes.SubView(8, 1),
        };
        (KernelLaunch, LaunchMemory, KernelOperands) got = default;
        KernelLauncher launcher = CpuLauncher.Of(engine.Accelerator, (l, in m, in o) => got = (l, m, o));

        launcher(engine.Stream, launch, memory, operands);

        Assert.AreEqual((launch, memory, operands), got);
    }

    [TestMethod]
    public void A_launch_allocates_a_task_of_ILGPUs_that_holds_what_is_launched_and_nothing_else()
    {
        using Engine engine = TestAccelerators.CreateOwned("cpu");
        KernelLauncher launcher = CpuLauncher.Of(engine.Accelerator, static (_, in _, in _) => { });
        KernelLaunch<int> launch = LaunchOf(2, 1);
        var config = new KernelConfig(2, 1);
        long held = Unsafe.SizeOf<LaunchMemory>() + Unsafe.SizeOf<KernelOperands>() + 2 * IntPtr.Size;

        long bytes = ManagedMemory.OfWarmCalls(() => launcher(engine.Stream, launch, NoMemory, NoOperands));

        long tasks = ManagedMemory.OfWarmCalls(
            () => GC.KeepAlive(new CPUAcceleratorTask(static (_, _) => { }, config, new(config, default))));
        Assert.AreEqual(tasks + ManagedMemory.CallsPerRound * held, bytes);
    }

    private static LaunchMemory NoMemory => new() { Table = default, Scratch = default };

    private static KernelOperands NoOperands => new() { Input = default, Weight = default, Bias = default, Output = default };

    private static KernelLaunch<int> LaunchOf(int gridSize, int groupSize) => new(0)
    {
        GridSize = gridSize,
        GroupSize = groupSize,
        Work = "",
        Table = new(),
    };
}
