using System.Numerics.Tensors;
using Deconv.Runtime;
using Deconv.Tests.Support;
using F = Deconv.Torch.Functional;

namespace Deconv.Tests.Runtime;

/// <summary>What calls are told about numbers reaches their plans, and the engine tells what they did.</summary>
[TestClass]
public sealed class NumericsTests
{
    private static readonly NumericsOptions Deterministic = new() { Deterministic = true };

    private static readonly NumericsOptions Both = new() { AllowTensorFloat32 = true, Deterministic = true };

    [TestMethod]
    public void By_default_nothing_is_allowed_or_asked_for()
    {
        using Engine engine = Engine.Create("cpu");

        Assert.AreEqual(default, engine.Numerics);
        Assert.IsFalse(engine.Numerics.AllowTensorFloat32);
        Assert.IsFalse(engine.Numerics.Deterministic);
        Assert.IsNull(engine.LastCall);
    }

    [TestMethod]
    public void Calls_have_the_options_of_their_engine_unless_they_have_their_own()
    {
        using Engine engine = Engine.Create("cpu", numerics: Deterministic);
        Tensor<float> x = Ones<float>(1, 2, 3, 3);
        Tensor<float> w = Ones<float>(2, 2, 2, 2);

        _ = F.ConvTranspose2d(x, w, engine: engine);
        _ = F.ConvTranspose2d(x, w, engine: engine, numerics: Both);
        _ = F.ConvTranspose2d(x, w, engine: engine, numerics: default(NumericsOptions));

        CollectionAssert.AreEqual(
            new NumericsOptions?[] { Deterministic, Both, default(NumericsOptions) },
            engine.Plans.Select(plan => plan.Geometry.Spec.Numerics).ToArray());
    }

    [TestMethod]
    public void Every_operator_takes_options()
    {
        using Engine engine = Engine.Create("cpu");
        Tensor<float> x = Ones<float>(1, 2, 3, 3);
        Tensor<float> w = Ones<float>(2, 2, 2, 2);
        using DeviceTensor<float> dx = engine.Upload(x);
        using DeviceTensor<float> dw = engine.Upload(w);
        using var torch = new Deconv.Torch.ConvTranspose2d<float>(2, 2, 2, engine: engine, numerics: Both);
        using var megengine = new Deconv.MegEngine.ConvTranspose2d<float>(2, 2, 2, engine: engine, numerics: Both);
        var mindspore = new Deconv.MindSpore.Ops.Conv2DTranspose(2, 2);

        var calls = new Dictionary<string, Action>
        {
            ["torch"] = () => F.ConvTranspose2d(x, w, engine: engine, numerics: Both),
            ["torch on a device"] = () => F.ConvTranspose2d(dx, dw, numerics: Both).Dispose(),
            ["torch module"] = () => torch.Forward(x),
            ["torch module on a device"] = () => torch.Forward(dx).Dispose(),
            ["mint"] = () => Deconv.MindSpore.Mint.NN.Functional.ConvTranspose2d(x, w, engine: engine, numerics: Both),
            ["mint on a device"] = () => Deconv.MindSpore.Mint.NN.Functional.ConvTranspose2d(dx, dw, numerics: Both).Dispose(),
            ["MindSpore"] = () => mindspore.Call(x, w, (1, 2, 4, 4), engine, Both),
            ["MindSpore on a device"] = () => mindspore.Call(dx, dw, (1, 2, 4, 4), numerics: Both).Dispose(),
            ["MegEngine"] = () => Deconv.MegEngine.Functional.ConvTranspose2d(x, w, engine: engine, numerics: Both),
            ["MegEngine on a device"] = () => Deconv.MegEngine.Functional.ConvTranspose2d(dx, dw, numerics: Both).Dispose(),
            ["MegEngine module"] = () => megengine.Forward(x),
            ["MegEngine module on a device"] = () => megengine.Forward(dx).Dispose(),
        };
        foreach ((string name, Action call) in calls)
        {
            call();
            Assert.IsTrue(engine.Plans.All(plan => plan.Geometry.Spec.Numerics == Both), name);
        }
    }

    [TestMethod]
    [DynamicData(nameof(TestAccelerators.Rows), typeof(TestAccelerators))]
    public void The_last_call_is_reported(string accelerator)
    {
        using Engine engine = TestAccelerators.CreateOwned(accelerator);

        RequireReport<float>(engine, "float32", "float32");
        RequireReport<Half>(engine, "float16", "float32");
        RequireReport<BFloat16>(engine, "bfloat16", "float32");
        RequireReport<Complex64>(engine, "complex64", "complex64");
        if (DeviceDescription.LimitsOf(engine.Accelerator).HasFloat64)
            RequireReport<double>(engine, "float64", "float64");
    }

    private static void RequireReport<T>(Engine engine, string elements, string sums)
        where T : unmanaged
    {
        _ = F.ConvTranspose2d(
            Tensor.CreateFromShape<T>([1, 1, 2, 2]), Tensor.CreateFromShape<T>([1, 1, 2, 2]), engine: engine);

        CallReport report = engine.LastCall!;
        Assert.AreEqual(engine.Plans[^1].Variant.Name, report.Variant);
        Assert.AreEqual(elements, report.Elements);
        Assert.AreEqual(sums, report.Sums);
        Assert.IsFalse(report.UsesTensorFloat32);
        Assert.IsTrue(report.IsDeterministic);
    }

    private static Tensor<T> Ones<T>(params nint[] lengths)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        Tensor<T> tensor = Tensor.CreateFromShape<T>(lengths);
        tensor.Fill(T.One);
        return tensor;
    }
}
