using Deconv.Tests.Support;

namespace Deconv.Tests.Runtime;

[TestClass]
public sealed class EngineTests
{
    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_tensor_may_outlive_its_engine_but_not_be_used(string accelerator)
    {
        Engine engine = TestAccelerators.CreateOwned(accelerator);
        DeviceTensor<float> tensor = HostTensor.Upload(engine, [1, 2, 3]);

        engine.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => tensor.ToTensor());
        Assert.ThrowsExactly<ObjectDisposedException>(() => tensor.CopyFrom(HostTensor.Of([1, 2, 3], 3)));
        tensor.Dispose();
        tensor.Dispose();
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_disposed_engine_refuses_every_use_and_a_second_disposal_is_nothing(string accelerator)
    {
        Engine engine = TestAccelerators.CreateOwned(accelerator);
        Workload.Small.AssertRightOn(engine);
        engine.Dispose();
        engine.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(engine.Synchronize);
        Assert.ThrowsExactly<ObjectDisposedException>(() => engine.Allocate<float>(2, 3));
        Assert.ThrowsExactly<ObjectDisposedException>(() => HostTensor.Upload(engine, [1]));
        Assert.ThrowsExactly<ObjectDisposedException>(() => Workload.Small.AssertRightOn(engine));
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Operands_of_a_disposed_engine_are_refused(string accelerator)
    {
        Engine engine = TestAccelerators.CreateOwned(accelerator);
        DeviceTensor<float> x = engine.Allocate<float>(1, 1, 2, 2);
        DeviceTensor<float> w = engine.Allocate<float>(1, 1, 1, 1);
        DeviceTensor<float> y = engine.Allocate<float>(1, 1, 2, 2);
        engine.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(
            () => Torch.Functional.ConvTranspose2d(x, w, output: y));
        Assert.ThrowsExactly<ObjectDisposedException>(() => Torch.Functional.ConvTranspose2d(x, w));
    }

    [TestMethod]
    [DoNotParallelize]
    public void The_default_engine_is_shared_and_made_anew_after_disposal()
    {
        Engine first = Engine.Default;
        Assert.AreSame(first, Engine.Default);
        first.Dispose();

        Engine second = Engine.Default;

        Assert.AreNotSame(first, second);
        Workload.Small.AssertRightOn(second);
        second.Dispose();
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void More_shapes_than_the_plan_cache_holds_give_the_right_bits(string accelerator)
    {
        using Engine engine = TestAccelerators.CreateOwned(accelerator);
        for (int columns = 1; columns <= 300; ++columns)
        {
            var workload = new Workload(new()
            {
                Input = (1, columns),
                Kernel = (2, 1),
                Stride = (1, 2),
            });
            workload.AssertRightOn(engine, $"{columns} columns");
        }

        Workload.Small.AssertRightOn(engine);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Tensors_keep_the_bits_of_all_element_types(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        double[] values = [double.NaN, -0.0, double.Epsilon, double.MaxValue];

        using DeviceTensor<double> doubles = engine.Upload<double>(values);
        using DeviceTensor<byte> bytes = engine.Upload<byte>(new byte[] { 0, 255, 7 });

        double[] back = new double[4];
        doubles.CopyTo(back);
        CollectionAssert.AreEqual(
            values.Select(BitConverter.DoubleToInt64Bits).ToArray(),
            back.Select(BitConverter.DoubleToInt64Bits).ToArray());
        Assert.AreEqual((byte)255, bytes.ToTensor()[1]);
    }

    [TestMethod]
    public void A_negative_length_and_a_size_past_64_bits_are_refused()
    {
        Engine engine = TestAccelerators.Get("cpu");

        ArgumentException negative =
            Assert.ThrowsExactly<ArgumentException>(() => engine.Allocate<float>(2, -1));
        ArgumentException overflow =
            Assert.ThrowsExactly<ArgumentException>(() => engine.Allocate<float>(nint.MaxValue, 2));

        Assert.AreEqual("lengths", negative.ParamName);
        Assert.Contains("-1", negative.Message);
        Assert.Contains($"[{nint.MaxValue}, 2]", overflow.Message);
        Assert.Contains("64 bits", overflow.Message);
    }

    /// <summary>The second size is 0 bytes in arithmetic that wraps.</summary>
    [TestMethod]
    [DataRow(int.MaxValue)]
    [DataRow(1L << 31)]
    public void A_size_whose_bytes_pass_64_bits_is_refused(long length)
    {
        Engine engine = TestAccelerators.Get("cpu");

        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(
            () => engine.Allocate<float>((nint)length, (nint)length));

        Assert.AreEqual("lengths", refusal.ParamName);
        Assert.Contains($"[{length}, {length}]", refusal.Message);
    }
}
