using Deconv.Kernels.Gather;
using Deconv.Kernels.Problem;
using Deconv.Tests.Support;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Tests.Frontends;

/// <summary>
/// A call made again with the same shapes, into an output that is there, takes nothing from the
/// managed heap. What ILGPU takes for a launch is its own: on its CPU accelerator, a task object
/// that holds the kernel's arguments.
/// </summary>
[TestClass]
public sealed class WarmCallTests
{
    private const string Variant = "gather";

    public static IEnumerable<object[]> Rows => TestAccelerators.Cross(WarmCall.Names);

    public static IEnumerable<object[]> AcceleratorRows => TestAccelerators.Rows;

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void It_allocates_no_more_than_the_launch_of_an_empty_kernel(string name, string accelerator)
    {
        using Engine engine = Engine.ForAccelerator(TestAccelerators.Get(accelerator).Accelerator, variant: Variant);
        using var call = new WarmCall(name, engine);

        long bytes = ManagedMemory.OfWarmCalls(call.Run);

        Assert.AreEqual(OfEmptyLaunches(engine), bytes);
    }

    [TestMethod]
    [DynamicData(nameof(AcceleratorRows))]
    public void Only_on_the_cpu_accelerator_does_a_launch_of_ILGPUs_allocate(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);

        Assert.AreEqual(engine.Kind == AcceleratorKind.Cpu, OfEmptyLaunches(engine) > 0);
    }

    private static long OfEmptyLaunches(Engine engine)
    {
        using MemoryBuffer1D<float, Stride1D.Dense> floats = engine.Accelerator.Allocate1D<float>(1);
        using MemoryBuffer1D<TapRange, Stride1D.Dense> taps = engine.Accelerator.Allocate1D<TapRange>(1);
        ArrayView<float> view = floats.View;
        var kernel = engine.Accelerator.LoadKernel<
            ArrayView<float>,
            ArrayView<float>,
            ArrayView<float>,
            ArrayView<TapRange>,
            ArrayView<float>,
            GatherParams>(EmptyKernel);
        return ManagedMemory.OfWarmCalls(() =>
        {
            using Lock.Scope scope = engine.Enter();
            kernel(engine.Stream, new KernelConfig(1, 1), view, view, view, taps.View, view, default);
        });
    }

#pragma warning disable IDE0060 // The arguments are the point: ILGPU copies them where it copies gather's.
    private static void EmptyKernel(
        ArrayView<float> input,
        ArrayView<float> weight,
        ArrayView<float> bias,
        ArrayView<TapRange> taps,
        ArrayView<float> output,
        GatherParams p)
    {
    }
#pragma warning restore IDE0060
}
