using System.Numerics.Tensors;
using Deconv.Tests.Support;
using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Tests.Runtime;

[TestClass]
public sealed class DeviceTensorTests
{
    /// <summary>Host tensors over the elements 0 to 23 that are laid out in all the ways there are.</summary>
    private static readonly Dictionary<string, Func<Tensor<float>>> Layouts = new()
    {
        ["dense"] = Counting,
        ["transposed"] = () => Tensor.Transpose(Counting()),
        ["permuted"] = () => Tensor.PermuteDimensions(Counting(), [2, 0, 1]),
        ["sliced at the end"] = () => Counting().Slice(1..2, 1..3, 2..4),
        ["sliced in the middle"] = () => Counting().Slice(0..2, 1..2, 0..4),
        ["sliced to whole rows"] = () => Counting().Slice(1..2, 0..3, 0..4),
        ["sliced to a column"] = () => Counting().Slice(0..2, 0..3, 3..4),
        ["broadcast"] = () => Tensor.Broadcast<float>(HostTensor.Of([5, 6, 7], 3, 1), [2, 3, 4]),
        ["one element"] = () => HostTensor.Of([5], 1, 1, 1),
        ["reshaped"] = () => Counting().Reshape([4, 6]),
    };

    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    public static IEnumerable<object[]> LayoutRows => TestAccelerators.Cross(Layouts.Keys);

    [TestMethod]
    [DynamicData(nameof(LayoutRows))]
    public void Any_layout_uploads_to_its_elements_in_order(string layout, string accelerator)
    {
        Tensor<float> host = Layouts[layout]();

        using DeviceTensor<float> device = TestAccelerators.Get(accelerator).Upload<float>(host);

        CollectionAssert.AreEqual(host.Lengths.ToArray(), device.Lengths.ToArray());
        BitAssert.AreEqual(host.ToArray(), HostTensor.Values(device.ToTensor()), layout);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Views_over_strided_memory_upload_and_download(string accelerator)
    {
        float[] memory = [.. Enumerable.Range(0, 24).Select(i => (float)i)];
        var everySecond = new ReadOnlyTensorSpan<float>(memory, [3, 2], [8, 2]);
        var broadcast = new ReadOnlyTensorSpan<float>(memory, [2, 3], [0, 1]);
        var transposed = new ReadOnlyTensorSpan<float>(memory, [3, 2], [1, 3]);
        Engine engine = TestAccelerators.Get(accelerator);

        using DeviceTensor<float> one = engine.Upload(everySecond);
        using DeviceTensor<float> two = engine.Upload(broadcast);
        using DeviceTensor<float> three = engine.Upload(transposed);

        BitAssert.AreEqual([0, 2, 8, 10, 16, 18], HostTensor.Values(one.ToTensor()), "strided");
        BitAssert.AreEqual([0, 1, 2, 0, 1, 2], HostTensor.Values(two.ToTensor()), "broadcast");
        BitAssert.AreEqual([0, 3, 1, 4, 2, 5], HostTensor.Values(three.ToTensor()), "transposed");
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_download_into_strided_memory_leaves_the_gaps_alone(string accelerator)
    {
        using DeviceTensor<float> device =
            TestAccelerators.Get(accelerator).Upload<float>(HostTensor.Of([1, 2, 3, 4, 5, 6], 3, 2));
        var strided = new float[12];
        var transposed = new float[6];

        device.CopyTo(new TensorSpan<float>(strided, [3, 2], [4, 2]));
        device.CopyTo(new TensorSpan<float>(transposed, [3, 2], [1, 3]));

        BitAssert.AreEqual([1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0], strided, "strided");
        BitAssert.AreEqual([1, 3, 5, 2, 4, 6], transposed, "transposed");
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_tensor_without_elements_goes_there_and_back(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);

        using DeviceTensor<float> device = engine.Upload<float>(Tensor.CreateFromShape<float>([2, 0, 3]));

        Assert.AreEqual(0, device.FlattenedLength);
        Assert.AreEqual(3, device.Rank);
        CollectionAssert.AreEqual(new nint[] { 2, 0, 3 }, device.ToTensor().Lengths.ToArray());
    }

    [TestMethod]
    public void Lengths_that_differ_are_refused_with_both_shapes()
    {
        using DeviceTensor<float> device = TestAccelerators.Get("cpu").Allocate<float>(2, 3);

        ArgumentException from = Assert.ThrowsExactly<ArgumentException>(
            () => device.CopyFrom(HostTensor.Filled(1, 3, 2)));
        ArgumentException to = Assert.ThrowsExactly<ArgumentException>(
            () => device.CopyTo(HostTensor.Filled(1, 6)));

        Assert.AreEqual("source", from.ParamName);
        Assert.Contains("[3, 2]", from.Message);
        Assert.Contains("[2, 3]", from.Message);
        Assert.AreEqual("destination", to.ParamName);
        Assert.Contains("[6]", to.Message);
        Assert.Contains("[2, 3]", to.Message);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_disposed_tensor_refuses_every_use(string accelerator)
    {
        DeviceTensor<float> device = HostTensor.Upload(TestAccelerators.Get(accelerator), [1, 2, 3]);
        device.Dispose();
        device.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => device.View);
        Assert.ThrowsExactly<ObjectDisposedException>(() => device.ToTensor());
        Assert.ThrowsExactly<ObjectDisposedException>(
            () => device.CopyFrom(HostTensor.Of([1, 2, 3], 3)));
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Wrapped_memory_is_seen_and_not_copied(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        using DeviceTensor<float> buffer = HostTensor.Upload(engine, [0, 1, 2, 3, 4, 5, 6, 7]);
        DeviceTensor<float> wrapped = engine.Wrap(buffer.View.SubView(2, 6), 2, 2);

        buffer.CopyFrom(HostTensor.Of([10, 11, 12, 13, 14, 15, 16, 17], 8));
        BitAssert.AreEqual([12, 13, 14, 15], HostTensor.Values(wrapped.ToTensor()), "read");
        wrapped.CopyFrom(HostTensor.Of([-1, -2, -3, -4], 2, 2));
        wrapped.Dispose();

        BitAssert.AreEqual(
            [10, 11, -1, -2, -3, -4, 16, 17], HostTensor.Values(buffer.ToTensor()), "written");
    }

    [TestMethod]
    public void A_view_too_small_is_refused_with_both_sizes()
    {
        Engine engine = TestAccelerators.Get("cpu");
        using DeviceTensor<float> buffer = engine.Allocate<float>(5);

        ArgumentException refusal =
            Assert.ThrowsExactly<ArgumentException>(() => engine.Wrap(buffer.View, 2, 3));

        Assert.AreEqual("view", refusal.ParamName);
        Assert.Contains("5", refusal.Message);
        Assert.Contains("[2, 3] needs 6 elements", refusal.Message);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_view_of_another_accelerator_is_refused(string accelerator)
    {
        using ForeignAccelerator foreign = ForeignAccelerator.Create(accelerator);
        using MemoryBuffer1D<float, Stride1D.Dense> buffer = foreign.Accelerator.Allocate1D<float>(4);
        ArrayView<float> view = buffer.View;

        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(
            () => TestAccelerators.Get(accelerator).Wrap(view, 4));

        Assert.AreEqual("view", refusal.ParamName);
        Assert.Contains("of another accelerator", refusal.Message);
    }

    private static Tensor<float> Counting() =>
        HostTensor.Of([.. Enumerable.Range(0, 24).Select(i => (float)i)], 2, 3, 4);
}
