using System.Globalization;
using Deconv.Kernels.Launch;
using Deconv.Tests.Support;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Tests.Kernels;

/// <summary>A kernel gets to the device; the CPU accelerator runs it as the .NET method that it is.</summary>
[TestClass]
public sealed class KernelLoaderTests
{
    private const int Count = 5;

    private static readonly int[] Squares = [0, 1, 4, 9, 16];

    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Kernel_runs_once_for_each_item(string accelerator) =>
        CollectionAssert.AreEqual(Squares, Run(TestAccelerators.Get(accelerator), Square));

    [TestMethod]
    public void Kernel_on_the_cpu_accelerator_may_do_what_ilgpu_cannot_compile()
    {
        using Engine engine = TestAccelerators.CreateOwned("cpu");
        CollectionAssert.AreEqual(Squares, Run(engine, SquareByText));
        Assert.ThrowsExactly<InternalCompilerException>(
            () => engine.Accelerator.LoadKernel<ArrayView<int>>(SquareByText));
    }

    private static void Square(ArrayView<int> output) => output[Grid.IdxX] = Grid.IdxX * Grid.IdxX;

    private static void SquareByText(ArrayView<int> output)
    {
        string item = Grid.IdxX.ToString(CultureInfo.InvariantCulture);
        output[Grid.IdxX] = int.Parse(item, CultureInfo.InvariantCulture) * Grid.IdxX;
    }

    private static int[] Run(Engine engine, Action<ArrayView<int>> kernel)
    {
        using DeviceTensor<int> output = engine.Allocate<int>(Count);
        using (engine.Enter())
        {
            var launch = KernelLoader.Load<Action<AcceleratorStream, KernelConfig, ArrayView<int>>>(
                engine.Accelerator, new KernelEntry("square", kernel.Method));
            launch(engine.Stream, new KernelConfig(Count, 1), output.View);
        }

        var values = new int[Count];
        output.ToTensor().FlattenTo(values);
        return values;
    }
}
