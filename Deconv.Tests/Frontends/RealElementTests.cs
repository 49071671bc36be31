using System.Numerics;
using System.Numerics.Tensors;
using Deconv.MindSpore.Ops;
using Deconv.Tests.Support;
using MegEngineF = Deconv.MegEngine.Functional;
using MintF = Deconv.MindSpore.Mint.NN.Functional;

namespace Deconv.Tests.Frontends;

/// <summary>What operators besides torch's do with types of elements, and MegEngine's with its modes.</summary>
[TestClass]
public sealed class RealElementTests
{
    private const string MegEngine = "megengine.functional.conv_transpose2d";
    private const string Mint = "mindspore.mint.nn.functional.conv_transpose2d";
    private const string MindSpore = "mindspore.ops.Conv2DTranspose";

    [TestMethod]
    public void Real_elements_are_taken_by_all()
    {
        AssertTaken(1f);
        AssertTaken(1.0);
        AssertTaken((Half)1);
        AssertTaken((BFloat16)1f);
    }

    [TestMethod]
    public void Complex_elements_are_refused_by_the_operators_name()
    {
        AssertRefused(Complex.One);
        AssertRefused(new Complex64(1, 0));
    }

    [TestMethod]
    [DataRow("default", "default")]
    [DataRow("DEFAULT", "default")]
    [DataRow("float32", "float32")]
    [DataRow("Float32", "float32")]
    public void Sixteen_bits_are_summed_up_in_float32_in_either_mode(string mode, string name)
    {
        AssertSummedInFloat32((Half)2048, (Half)1, mode, name);
        AssertSummedInFloat32((BFloat16)256f, (BFloat16)1f, mode, name);
    }

    [TestMethod]
    public void Float32_as_a_mode_is_refused_with_other_elements()
    {
        AssertModeRefused(1f, "float32", "with elements of float32 it must be 'default'", "16 bits");
        AssertModeRefused(1.0, "FLOAT32", "with elements of float64 it must be 'default'", "16 bits");
        AssertModeRefused((Half)1, "float16", "it must be 'default' or 'float32'");
        AssertModeRefused(1f, "", "it must be 'default' or 'float32'");
    }

    private static void AssertTaken<T>(T one)
        where T : unmanaged
    {
        foreach ((_, Func<Tensor<T>, Tensor<T>> call, Func<DeviceTensor<T>, DeviceTensor<T>> onDevice) in Calls<T>())
        {
            Tensor<T> tensor = Tensor.Create([one], [1, 1, 1, 1]);
            using DeviceTensor<T> device = TestAccelerators.Get("cpu").Upload(tensor);
            using DeviceTensor<T> result = onDevice(device);

            BitAssert.AreEqual([one], HostTensor.Values(call(tensor)), "host");
            BitAssert.AreEqual([one], HostTensor.Values(result.ToTensor()), "device");
        }
    }

    private static void AssertRefused<T>(T one)
        where T : unmanaged
    {
        Tensor<T> tensor = Tensor.Create([one], [1, 1, 1, 1]);
        using DeviceTensor<T> device = TestAccelerators.Get("cpu").Upload(tensor);
        foreach ((string op, Func<Tensor<T>, Tensor<T>> call, Func<DeviceTensor<T>, DeviceTensor<T>> onDevice) in Calls<T>())
        {
            Action[] calls = op == MegEngine
                ? [() => call(tensor), () => onDevice(device), () => _ = new Deconv.MegEngine.ConvTranspose2d<T>(1, 1, 1)]
                : [() => call(tensor), () => onDevice(device)];
            foreach (Action refused in calls)
            {
                NotSupportedException refusal = Assert.ThrowsExactly<NotSupportedException>(refused);

                Assert.AreEqual(
                    $"{op} has no elements of type {typeof(T)}. They may be float, double, System.Half or "
                    + "Deconv.BFloat16; torch's operator takes complex ones too.",
                    refusal.Message);
            }
        }
    }

    /// <summary>
    /// One and one and a large number, which either one alone would not move, as products and as bias.
    /// </summary>
    private static void AssertSummedInFloat32<T>(T large, T one, string mode, string name)
        where T : unmanaged
    {
        Engine engine = TestAccelerators.Get("cpu");
        Tensor<T> x = Tensor.Create([large, one], [1, 2, 1, 1]);
        Tensor<T> w = Tensor.Create([one, one], [2, 1, 1, 1]);
        Tensor<T> b = Tensor.Create([one], [1, 1, 1, 1]);
        using var module = new Deconv.MegEngine.ConvTranspose2d<T>(2, 1, 1, computeMode: mode, engine: engine)
        {
            Weight = w,
            Bias = b,
        };

        T sum = HostTensor.Values(MegEngineF.ConvTranspose2d(x, w, b, computeMode: mode, engine: engine))[0];

        double expected = Dyadic(large) + 2;
        Assert.AreEqual(expected, Dyadic(sum));
        Assert.AreEqual(expected, Dyadic(HostTensor.Values(module.Forward(x))[0]));
        Assert.AreEqual(name, module.ComputeMode);

        static double Dyadic(T value) => value is Half half ? (double)half : (double)(BFloat16)(object)value;
    }

    private static void AssertModeRefused<T>(T one, string mode, params string[] words)
        where T : unmanaged
    {
        Tensor<T> tensor = Tensor.Create([one], [1, 1, 1, 1]);
        using DeviceTensor<T> device = TestAccelerators.Get("cpu").Upload(tensor);
        string[] all = [$"'{mode}'", .. words];
        RefusalAssert.Throws("computeMode", all, () => MegEngineF.ConvTranspose2d(tensor, tensor, computeMode: mode));
        RefusalAssert.Throws("computeMode", all, () => MegEngineF.ConvTranspose2d(device, device, computeMode: mode));
        RefusalAssert.Throws(
            "computeMode", all, () => new Deconv.MegEngine.ConvTranspose2d<T>(1, 1, 1, computeMode: mode));
    }

    /// <summary>An array convolved with itself, by each operator.</summary>
    private static IEnumerable<(string, Func<Tensor<T>, Tensor<T>>, Func<DeviceTensor<T>, DeviceTensor<T>>)> Calls<T>()
        where T : unmanaged
    {
        Engine engine = TestAccelerators.Get("cpu");
        yield return (
            MegEngine,
            x => MegEngineF.ConvTranspose2d(x, x, engine: engine),
            x => MegEngineF.ConvTranspose2d(x, x));
        yield return (Mint, x => MintF.ConvTranspose2d(x, x, engine: engine), x => MintF.ConvTranspose2d(x, x));
        yield return (
            MindSpore,
            x => new Conv2DTranspose(1, 1).Call(x, x, (1, 1, 1, 1), engine),
            x => new Conv2DTranspose(1, 1).Call(x, x, (1, 1, 1, 1)));
    }
}
