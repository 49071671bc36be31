using System.Numerics.Tensors;
using Deconv.Tests.Support;
using F = Deconv.Torch.Functional;

namespace Deconv.Tests.Frontends.Torch;

/// <summary>The overload on tensors of an engine: no copies, the caller's output, overlap.</summary>
[TestClass]
public sealed class DeviceFunctionalTests
{
    private static readonly Tensor<float> X = HostTensor.Dyadic(1, 2, 3, 4, 5);
    private static readonly Tensor<float> W = HostTensor.Dyadic(2, 3, 2, 3, 2);
    private static readonly Tensor<float> B = HostTensor.Dyadic(3, 2);

    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Result_is_the_host_overloads_with_an_output_and_without(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        using DeviceTensor<float> x = engine.Upload<float>(X);
        using DeviceTensor<float> w = engine.Upload<float>(W);
        using DeviceTensor<float> b = engine.Upload<float>(B);
        using DeviceTensor<float> given = engine.Upload<float>(HostTensor.Filled(float.NaN, 2, 2, 9, 14));
        float[] expected = HostTensor.Values(F.ConvTranspose2d(X, W, B, stride: (2, 3), engine: engine));

        using DeviceTensor<float> made = F.ConvTranspose2d(x, w, b, stride: (2, 3));
        DeviceTensor<float> returned = F.ConvTranspose2d(x, w, b, stride: (2, 3), output: given);

        FunctionalTests.AssertTensor([2, 2, 9, 14], expected, made.ToTensor());
        FunctionalTests.AssertTensor([2, 2, 9, 14], expected, given.ToTensor());
        Assert.AreSame(given, returned);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Tensors_are_used_again_with_other_shapes_and_into_a_dirty_output(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        using DeviceTensor<float> x = engine.Upload<float>(X);
        using DeviceTensor<float> w = engine.Upload<float>(W);
        using DeviceTensor<float> memory = engine.Allocate<float>(1000);

        for (int stride = 1; stride <= 3; ++stride)
        {
            Tensor<float> expected = F.ConvTranspose2d(X, W, stride: stride, engine: engine);
            using DeviceTensor<float> output = engine.Wrap(memory.View, expected.Lengths);

            F.ConvTranspose2d(x, w, stride: stride, output: output);

            BitAssert.AreEqual(
                HostTensor.Values(expected), HostTensor.Values(output.ToTensor()), $"stride {stride}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void An_empty_batch_returns_an_empty_tensor(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        using DeviceTensor<float> x = engine.Allocate<float>(0, 3, 4, 5);
        using DeviceTensor<float> w = engine.Upload<float>(W);

        using DeviceTensor<float> y = F.ConvTranspose2d(x, w, stride: 2);

        FunctionalTests.AssertTensor([0, 2, 9, 10], [], y.ToTensor());
    }

    [TestMethod]
    public void An_output_in_the_memory_of_an_operand_is_refused()
    {
        Engine engine = TestAccelerators.Get("cpu");
        using DeviceTensor<float> memory = engine.Upload<float>(HostTensor.Dyadic(1, 64));
        DeviceTensor<float> At(int start, params ReadOnlySpan<nint> lengths) =>
            engine.Wrap(memory.View.SubView(start, 64 - start), lengths);
        DeviceTensor<float> x = At(0, 1, 1, 3, 3);
        DeviceTensor<float> w = At(9, 1, 1, 1, 1);
        DeviceTensor<float> b = At(10, 1);

        AssertOverlap("input", () => F.ConvTranspose2d(x, w, b, output: At(0, 1, 1, 3, 3)));
        AssertOverlap("input", () => F.ConvTranspose2d(x, w, b, output: At(8, 1, 1, 3, 3)));
        AssertOverlap("weight", () => F.ConvTranspose2d(x, w, b, output: At(9, 1, 1, 3, 3)));
        AssertOverlap("bias", () => F.ConvTranspose2d(x, w, b, output: At(10, 1, 1, 3, 3)));
        F.ConvTranspose2d(x, w, b, output: At(11, 1, 1, 3, 3));
    }

    [TestMethod]
    public void An_output_of_another_shape_is_refused_with_both_shapes()
    {
        Engine engine = TestAccelerators.Get("cpu");
        using DeviceTensor<float> x = engine.Upload<float>(X);
        using DeviceTensor<float> w = engine.Upload<float>(W);
        using DeviceTensor<float> output = engine.Allocate<float>(2, 2, 6, 7);

        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(
            () => F.ConvTranspose2d(x, w, output: output));

        Assert.AreEqual("output", refusal.ParamName);
        Assert.Contains("[2, 2, 6, 7]", refusal.Message);
        Assert.Contains("[2, 2, 6, 6]", refusal.Message);
    }

    [TestMethod]
    [DataRow("weight")]
    [DataRow("bias")]
    [DataRow("output")]
    public void A_tensor_of_another_engine_is_refused_by_name(string stranger)
    {
        Engine engine = TestAccelerators.Get("cpu");
        using Engine other = Engine.Create("cpu");
        Engine EngineOf(string name) => name == stranger ? other : engine;
        using DeviceTensor<float> x = engine.Upload<float>(X);
        using DeviceTensor<float> w = EngineOf("weight").Upload<float>(W);
        using DeviceTensor<float> b = EngineOf("bias").Upload<float>(B);
        using DeviceTensor<float> y = EngineOf("output").Allocate<float>(2, 2, 6, 6);

        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(
            () => F.ConvTranspose2d(x, w, b, output: y));

        Assert.AreEqual(stranger, refusal.ParamName);
        Assert.Contains("of another engine", refusal.Message);
    }

    [TestMethod]
    [DataRow("input")]
    [DataRow("weight")]
    [DataRow("bias")]
    [DataRow("output")]
    public void A_disposed_tensor_is_refused(string disposed)
    {
        Engine engine = TestAccelerators.Get("cpu");
        var tensors = new Dictionary<string, DeviceTensor<float>>
        {
            ["input"] = engine.Upload<float>(X),
            ["weight"] = engine.Upload<float>(W),
            ["bias"] = engine.Upload<float>(B),
            ["output"] = engine.Allocate<float>(2, 2, 6, 6),
        };
        tensors[disposed].Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => F.ConvTranspose2d(
            tensors["input"], tensors["weight"], tensors["bias"], output: tensors["output"]));
        foreach (DeviceTensor<float> tensor in tensors.Values)
            tensor.Dispose();
    }

    private static void AssertOverlap(string operand, Action call)
    {
        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(call);
        Assert.AreEqual("output", refusal.ParamName);
        Assert.Contains($"in the memory of {operand}", refusal.Message);
    }
}
