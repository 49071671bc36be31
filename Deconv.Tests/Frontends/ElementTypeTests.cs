using System.Numerics;
using System.Numerics.Tensors;
using Deconv.MindSpore.Ops;
using Deconv.Tests.Support;
using F = Deconv.Torch.Functional;

namespace Deconv.Tests.Frontends;

/// <summary>The type of elements is the type argument of every function, operator and module.</summary>
[TestClass]
public sealed class ElementTypeTests
{
    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Every_type_of_elements_goes_through_functions_and_modules(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        AssertConvolves(engine, x => (float)x);
        AssertConvolves(engine, x => (double)x);
        AssertConvolves(engine, x => (Half)x);
        AssertConvolves(engine, x => (BFloat16)(float)x);
        AssertConvolves(engine, x => new Complex64(x, 0));
        AssertConvolves(engine, x => new Complex(x, 0));
    }

    [TestMethod]
    public void Another_type_is_refused_with_its_name_and_those_that_there_are()
    {
        Engine engine = TestAccelerators.Get("cpu");
        Tensor<int> host = Tensor.Create([1], [1, 1, 1, 1]);
        using DeviceTensor<int> device = engine.Upload(host);
        Action[] calls =
        [
            () => F.ConvTranspose2d(host, host, engine: engine),
            () => F.ConvTranspose2d(device, device),
            () => Deconv.MegEngine.Functional.ConvTranspose2d(host, host, engine: engine),
            () => Deconv.MindSpore.Mint.NN.Functional.ConvTranspose2d(host, host, engine: engine),
            () => new Conv2DTranspose(1, 1).Call(host, host, (1, 1, 1, 1), engine),
            () => _ = new Deconv.Torch.ConvTranspose2d<int>(1, 1, 1),
            () => _ = new Deconv.MegEngine.ConvTranspose2d<int>(1, 1, 1),
        ];
        foreach (Action call in calls)
        {
            NotSupportedException refusal = Assert.ThrowsExactly<NotSupportedException>(call);

            Assert.AreEqual(
                "Elements of type System.Int32 are not supported. They may be float, double, System.Half, "
                + "Deconv.BFloat16, Deconv.Complex64 or System.Numerics.Complex.",
                refusal.Message);
        }
    }

    [TestMethod]
    public void First_weights_of_a_module_are_the_same_numbers_in_every_real_type()
    {
        float[] floats = FirstWeights<float>();

        BitAssert.AreEqual([.. floats.Select(x => (Half)x)], FirstWeights<Half>(), "float16");
        BitAssert.AreEqual([.. floats.Select(x => (BFloat16)x)], FirstWeights<BFloat16>(), "bfloat16");
        BitAssert.AreEqual(floats, [.. FirstWeights<double>().Select(x => (float)x)], "float64");
    }

    [TestMethod]
    public void First_weights_of_a_complex_module_have_both_parts_drawn()
    {
        float[] floats = FirstWeights<float>();

        Complex64[] halfAsMany = FirstWeights<Complex64>(inChannels: 1);

        BitAssert.AreEqual(floats, [.. halfAsMany.SelectMany(z => new[] { z.Real, z.Imaginary })], "complex64");
    }

    private static T[] FirstWeights<T>(int inChannels = 2)
        where T : unmanaged
    {
        using var module = new Deconv.Torch.ConvTranspose2d<T>(inChannels, 3, 2, random: new Random(3));
        return HostTensor.Values(module.Weight);
    }

    /// <summary>1 2 3 times 1 10, two apart, plus 100.</summary>
    private static void AssertConvolves<T>(Engine engine, Func<int, T> number)
        where T : unmanaged
    {
        Tensor<T> x = Tensor.Create<T>([number(1), number(2), number(3)], [1, 1, 1, 3]);
        Tensor<T> w = Tensor.Create<T>([number(1), number(10)], [1, 1, 1, 2]);
        Tensor<T> b = Tensor.Create<T>([number(100)], [1]);
        T[] expected = [.. new[] { 101, 110, 102, 120, 103, 130 }.Select(number)];
        using var module = new Deconv.Torch.ConvTranspose2d<T>(1, 1, (1, 2), (1, 2), engine: engine) { Weight = w, Bias = b };
        using DeviceTensor<T> input = engine.Upload(x);
        using DeviceTensor<T> output = module.Forward(input);

        string what = typeof(T).Name;
        BitAssert.AreEqual(expected, HostTensor.Values(F.ConvTranspose2d(x, w, b, (1, 2), engine: engine)), what);
        BitAssert.AreEqual(expected, HostTensor.Values(module.Forward(x)), what);
        BitAssert.AreEqual(expected, HostTensor.Values(output.ToTensor()), what);
    }
}
