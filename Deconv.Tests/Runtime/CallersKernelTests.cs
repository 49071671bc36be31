using Deconv.Tests.Support;
using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Algorithms.ScanReduceOperations;
using ILGPU.Runtime;

namespace Deconv.Tests.Runtime;

/// <summary>Kernels that are not the library's, on the accelerator of an engine and in the order of its calls.</summary>
[TestClass]
public sealed class CallersKernelTests
{
    private const int Count = 64;

    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void They_may_use_the_functions_of_ILGPU_Algorithms(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        using DeviceTensor<float> values = HostTensor.Upload(engine, [.. Enumerable.Range(1, Count).Select(i => (float)i)]);
        Action<AcceleratorStream, Index1D, ArrayView<float>> kernel =
            engine.Accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<float>>(SquareRoots);

        kernel(engine.Stream, Count, values.View);

        float[] roots = [.. values.ToTensor()];
        for (int i = 0; i < Count; ++i)
            Assert.AreEqual(Math.Sqrt(i + 1), roots[i], 1e-5);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void They_may_use_its_algorithms(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        using DeviceTensor<float> values = HostTensor.Upload(engine, [.. Enumerable.Range(1, Count).Select(i => (float)i)]);

        float sum = engine.Accelerator.Reduce<float, AddFloat>(engine.Stream, values.View);

        Assert.AreEqual(Count * (Count + 1) / 2f, sum);
    }

    private static void SquareRoots(Index1D index, ArrayView<float> values) => values[index] = XMath.Sqrt(values[index]);
}
