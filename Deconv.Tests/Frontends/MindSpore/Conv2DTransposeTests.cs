using System.Numerics.Tensors;
using Deconv.MindSpore;
using Deconv.MindSpore.Ops;
using Deconv.Tests.Support;
using static Deconv.Tests.Frontends.Torch.FunctionalTests;

namespace Deconv.Tests.Frontends.MindSpore;

/// <summary>What the arguments mean, in cases worked out by hand.</summary>
[TestClass]
public sealed class Conv2DTransposeTests
{
    /// <summary>Two ones, 2 apart, through this kernel: a canvas of 1 10 101 10 100.</summary>
    private static readonly Tensor<float> Ones = HostTensor.Of([1, 1], 1, 1, 1, 2);

    private static readonly Tensor<float> Powers = HostTensor.Of([1, 10, 100], 1, 1, 1, 3);

    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    /// <summary>
    /// The case that MindSpore tests its devices with: neither out_channel, 4, nor kernel_size, 1,
    /// is the weight's.
    /// </summary>
    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_weight_may_differ_from_outChannel_and_kernelSize(string accelerator)
    {
        float[] dout = [-5, -4, 0, 8, -10, -2, 2, 3, 0, -2, -4, -7, -3, -2, -3, -16];
        float[] edges = [1, 0, -1, 1, 0, -1, 1, 0, -1];
        var op = new Conv2DTranspose(outChannel: 4, kernelSize: 1);

        Tensor<float> y = op.Call(
            HostTensor.Of(dout, 1, 1, 4, 4),
            HostTensor.Of(edges, 1, 1, 3, 3),
            [1, 1, 6, 6],
            TestAccelerators.Get(accelerator));

        AssertTensor(
            [1, 1, 6, 6],
            [
                -5, -4, 5, 12, 0, -8,
                -15, -6, 17, 17, -2, -11,
                -15, -8, 13, 12, 2, -4,
                -13, -6, 8, -14, 5, 20,
                -3, -4, -4, -19, 7, 23,
                -3, -2, 0, -14, 3, 16,
            ],
            y);
    }

    [TestMethod]
    [DataRow("valid", new float[] { 1, 10, 101, 10, 100 })]
    [DataRow("valid", new float[] { 1, 10, 101, 10, 100, 0 })]
    [DataRow("VALID", new float[] { 1, 10, 101, 10, 100 })]
    [DataRow("same", new float[] { 1, 10, 101, 10, 100, 0 })]
    [DataRow("same", new float[] { 1, 10, 101, 10, 100 })]
    [DataRow("same", new float[] { 1, 10, 101, 10 })]
    [DataRow("Same", new float[] { 10, 101, 10 })]
    [DataRow("same", new float[] { 10, 101 })]
    [DataRow("same", new float[] { 101 })]
    [DataRow("pad", new float[] { 1, 10, 101, 10, 100 })]
    public void Pad_mode_and_input_size_choose_the_window(string padMode, float[] expected)
    {
        AssertWindow(expected, new(1, (1, 3), padMode, stride: (1, 2)));
    }

    [TestMethod]
    [DataRow("pad", 1, 0, new float[] { 10, 101, 10, 100 })]
    [DataRow("pad", 1, 0, new float[] { 10, 101, 10, 100, 0 })]
    [DataRow("PAD", 0, 1, new float[] { 1, 10, 101, 10 })]
    [DataRow("pad", 0, 1, new float[] { 1, 10, 101, 10, 100 })]
    [DataRow("pad", 1, 3, new float[] { 10 })]
    [DataRow("pad", 3, 1, new float[] { 10 })]
    [DataRow("pad", 3, 1, new float[] { 10, 100 })]
    [DataRow("pad", 5, 0, new float[] { 0 })]
    [DataRow("pad", 0, 5, new float[] { 1 })]
    public void Pad_is_top_bottom_left_right(string padMode, int left, int right, float[] expected)
    {
        AssertWindow(expected, new(1, (1, 3), padMode, pad: (0, 0, left, right), stride: (1, 2)));
    }

    [TestMethod]
    public void One_pad_is_for_all_sides()
    {
        Engine engine = TestAccelerators.Get("cpu");
        Tensor<float> x = HostTensor.Dyadic(1, 1, 1, 2, 3);
        Tensor<float> w = HostTensor.Dyadic(2, 1, 1, 4, 3);

        Tensor<float> one = new Conv2DTranspose(1, 1, "pad", 1).Call(x, w, [1, 1, 3, 3], engine);
        Tensor<float> four =
            new Conv2DTranspose(1, 1, "pad", (1, 1, 1, 1)).Call(x, w, [1, 1, 3, 3], engine);

        AssertTensor([1, 1, 3, 3], HostTensor.Values(four), one);
    }

    [TestMethod]
    public void A_pad_list_without_minus_1_wins_over_the_pad_mode()
    {
        float[] cropped = [10, 101, 10];

        AssertWindow(cropped, new(1, (1, 3), padList: (0, 0, 1, 1), stride: (1, 2)));
        AssertWindow(cropped, new(1, 7, "same", padList: (0, 0, 1, 1), stride: (1, 2)));
        AssertWindow(
            cropped, new(1, (1, 3), "pad", pad: (9, 9, 9, 9), padList: (0, 0, 1, 1), stride: (1, 2)));
    }

    [TestMethod]
    public void A_pad_list_with_minus_1_leaves_it_to_the_pad_mode()
    {
        AssertWindow(
            [1, 10, 101, 10, 100], new(1, (1, 3), padList: (0, 0, 1, -1), stride: (1, 2)));
        AssertWindow(
            [1, 10, 101, 10],
            new(1, (1, 3), "pad", pad: (0, 0, 0, 1), padList: (-1, -1, -1, -1), stride: (1, 2)));
    }

    [TestMethod]
    public void Strides_and_dilations_of_four_are_1_1_height_width_in_either_format()
    {
        Tensor<float> x = HostTensor.Dyadic(1, 1, 1, 2, 3);
        Tensor<float> w = HostTensor.Dyadic(2, 1, 1, 2, 3);
        IntTuple size = [1, 1, 2 + 4, 2 * 3 + 5];
        Engine engine = TestAccelerators.Get("cpu");
        Tensor<float> expected =
            new Conv2DTranspose(1, (2, 3), stride: (1, 3), dilation: (4, 2)).Call(x, w, size, engine);
        var first = new Conv2DTranspose(1, (2, 3), stride: [1, 1, 1, 3], dilation: [1, 1, 4, 2]);
        var last = new Conv2DTranspose(
            1, (2, 3), stride: [1, 1, 1, 3], dilation: [1, 1, 4, 2], dataFormat: "NHWC");

        AssertTensor([1, 1, 6, 11], HostTensor.Values(expected), first.Call(x, w, size, engine));
        AssertTensor(
            [1, 6, 11, 1],
            HostTensor.Values(expected),
            last.Call(
                Tensor.PermuteDimensions(x, [0, 2, 3, 1]),
                Tensor.PermuteDimensions(w, [0, 2, 3, 1]),
                [1, 6, 11, 1],
                engine));
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Channels_last_is_channels_first_permuted(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        Tensor<float> x = HostTensor.Dyadic(1, 2, 6, 4, 3);
        Tensor<float> w = HostTensor.Dyadic(2, 6, 5, 3, 2);
        Conv2DTranspose Op(string dataFormat) => new(
            6,
            (3, 2),
            "pad",
            (2, 1, 0, 1),
            stride: (2, 3),
            dilation: (1, 2),
            group: 2,
            dataFormat: dataFormat);

        Tensor<float> first = Op("NCHW").Call(x, w, [2, 10, 7, 8], engine);
        Tensor<float> last = Op("NHWC").Call(
            Tensor.PermuteDimensions(x, [0, 2, 3, 1]),
            Tensor.PermuteDimensions(w, [0, 2, 3, 1]),
            [2, 7, 8, 10],
            engine);

        AssertTensor(
            [2, 7, 8, 10], Tensor.PermuteDimensions(first, [0, 2, 3, 1]).ToArray(), last);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void What_no_product_reaches_is_0(string accelerator)
    {
        var op = new Conv2DTranspose(1, 1, stride: 2);

        Tensor<float> y = op.Call(
            HostTensor.Filled(3, 1, 1, 2, 2),
            HostTensor.Filled(float.NaN, 1, 1, 1, 1),
            [1, 1, 3, 4],
            TestAccelerators.Get(accelerator));

        const float Nan = float.NaN;
        CollectionAssert.AreEqual(
            new[] { Nan, 0, Nan, 0, 0, 0, 0, 0, Nan, 0, Nan, 0 }, HostTensor.Values(y));
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void An_output_of_the_callers_is_overwritten(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        using DeviceTensor<float> dout = engine.Upload<float>(Ones);
        using DeviceTensor<float> weight = engine.Upload<float>(Powers);
        using DeviceTensor<float> output =
            engine.Upload<float>(HostTensor.Filled(float.NaN, 1, 1, 1, 6));
        var op = new Conv2DTranspose(1, (1, 3), stride: (1, 2));

        DeviceTensor<float> returned = op.Call(dout, weight, [1, 1, 1, 6], output);

        Assert.AreSame(output, returned);
        AssertTensor([1, 1, 1, 6], [1, 10, 101, 10, 100, 0], output.ToTensor());
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void An_empty_batch_has_an_empty_result(string accelerator)
    {
        var op = new Conv2DTranspose(1, (1, 3), stride: (1, 2));
        Tensor<float> empty = Tensor.CreateFromShape<float>([0, 1, 1, 2]);

        AssertTensor(
            [0, 1, 1, 5], [], op.Call(empty, Powers, [0, 1, 1, 5], TestAccelerators.Get(accelerator)));
    }

    /// <summary>The canvas has 2^32 + 1 columns, and the middle 2 of them begin at 2^31 - 1.</summary>
    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void The_longest_crop_is_counted_without_overflow(string accelerator)
    {
        var op = new Conv2DTranspose(1, (1, 3), "same", stride: (1, int.MaxValue));

        Tensor<float> y = op.Call(
            HostTensor.Of([2, 3, 5], 1, 1, 1, 3),
            Powers,
            [1, 1, 1, 2],
            TestAccelerators.Get(accelerator));

        AssertTensor([1, 1, 1, 2], [3, 30], y);
    }

    private static void AssertWindow(float[] expected, Conv2DTranspose op) =>
        AssertTensor(
            [1, 1, 1, expected.Length],
            expected,
            op.Call(Ones, Powers, [1, 1, 1, expected.Length], TestAccelerators.Get("cpu")));
}
