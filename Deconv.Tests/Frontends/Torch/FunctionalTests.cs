using System.Numerics.Tensors;
using Deconv.Tests.Kernels;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;
using F = Deconv.Torch.Functional;

namespace Deconv.Tests.Frontends.Torch;

/// <summary>What the arguments mean; the bits of whole results are held to torch in the goldens.</summary>
[TestClass]
public sealed class FunctionalTests
{
    private static readonly Tensor<float> X = HostTensor.Dyadic(1, 2, 3, 4, 5);
    private static readonly Tensor<float> W = HostTensor.Dyadic(2, 3, 2, 3, 2);
    private static readonly Tensor<float> B = HostTensor.Dyadic(3, 2);

    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Output_padding_extends_the_last_row_and_column_by_products(string accelerator)
    {
        Tensor<float> y = F.ConvTranspose2d(
            HostTensor.Filled(1, 1, 1, 2, 2),
            HostTensor.Filled(1, 1, 1, 3, 3),
            stride: 2,
            padding: 1,
            outputPadding: 1,
            engine: TestAccelerators.Get(accelerator));

        AssertTensor([1, 1, 4, 4], [1, 2, 1, 1, 2, 4, 2, 2, 1, 2, 1, 1, 1, 2, 1, 1], y);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Output_padding_past_every_product_holds_the_bias(string accelerator)
    {
        Tensor<float> y = F.ConvTranspose2d(
            HostTensor.Filled(1, 1, 1, 1, 1),
            HostTensor.Filled(1, 1, 1, 2, 2),
            HostTensor.Of([0.5f], 1),
            stride: 2,
            outputPadding: 1,
            engine: TestAccelerators.Get(accelerator));

        AssertTensor([1, 1, 3, 3], [1.5f, 1.5f, 0.5f, 1.5f, 1.5f, 0.5f, 0.5f, 0.5f, 0.5f], y);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Everything_left_out_means_torchs_defaults(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);

        Tensor<float> left = F.ConvTranspose2d(X, W, engine: engine);
        Tensor<float> given = F.ConvTranspose2d(
            X, W, null, (1, 1), (0, 0), (0, 0), groups: 1, dilation: (1, 1), engine: engine);

        AssertTensor([2, 2, 6, 6], HostTensor.Values(given), left);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void One_number_stands_for_both_axes(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);

        Tensor<float> scalars = F.ConvTranspose2d(X, W, B, 3, 1, 2, dilation: 2, engine: engine);
        Tensor<float> pairs = F.ConvTranspose2d(
            X, W, B, (3, 3), (1, 1), (2, 2), dilation: (2, 2), engine: engine);

        AssertTensor([2, 2, 14, 15], HostTensor.Values(pairs), scalars);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Pairs_are_height_then_width_in_every_argument(string accelerator)
    {
        var shape = new CaseShape
        {
            Batch = 2,
            Groups = 2,
            GroupInputChannels = 3,
            GroupOutputChannels = 2,
            Input = (4, 3),
            Kernel = (3, 2),
            Stride = (2, 3),
            Dilation = (1, 4),
            Crop = (2, 1),
            Output = (3 * 2 + 3 - 2 * 2 + 1, 2 * 3 + 5 - 2 * 1 + 2),
            HasBias = true,
        };
        ConvTransposeCase c = CaseData.Dyadic(shape.ToSpec(), seed: 4);

        Tensor<float> y = F.ConvTranspose2d(
            HostTensor.Of([.. c.Input], 2, 6, 4, 3),
            HostTensor.Of([.. c.Weight], 6, 2, 3, 2),
            HostTensor.Of([.. c.Bias!.Value], 4),
            stride: (2, 3),
            padding: (2, 1),
            outputPadding: (1, 2),
            groups: 2,
            dilation: (1, 4),
            TestAccelerators.Get(accelerator));

        AssertTensor([2, 4, 6, 11], GuardedRun.Rounded(ScatterOracle.Compute(c)), y);
    }

    [TestMethod]
    [DataRow(1, 0)]
    [DataRow(0, 1)]
    public void Output_padding_on_one_axis_adds_to_that_axis_only(int height, int width)
    {
        Engine engine = TestAccelerators.Get("cpu");
        Tensor<float> without = F.ConvTranspose2d(X, W, stride: 2, padding: 1, engine: engine);

        Tensor<float> with = F.ConvTranspose2d(
            X, W, stride: 2, padding: 1, outputPadding: (height, width), engine: engine);

        Assert.AreEqual(without.Lengths[2] + height, with.Lengths[2]);
        Assert.AreEqual(without.Lengths[3] + width, with.Lengths[3]);
        Tensor<float> common = with.Slice(0..2, 0..2, ..(int)without.Lengths[2], ..(int)without.Lengths[3]);
        BitAssert.AreEqual(HostTensor.Values(without), common.ToArray(), "the part in common");
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Without_a_batch_the_result_is_that_of_a_batch_of_one(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        Tensor<float> sample = HostTensor.Dyadic(5, 3, 4, 5);

        Tensor<float> unbatched = F.ConvTranspose2d(sample, W, B, stride: (2, 1), engine: engine);
        Tensor<float> batched = F.ConvTranspose2d(
            sample.Reshape([1, 3, 4, 5]), W, B, stride: (2, 1), engine: engine);

        AssertTensor([2, 9, 6], HostTensor.Values(batched), unbatched);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void An_empty_batch_has_an_empty_result_of_the_right_shape(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        Tensor<float> empty = Tensor.CreateFromShape<float>([0, 3, 4, 5]);

        AssertTensor([0, 2, 9, 6], [], F.ConvTranspose2d(empty, W, B, stride: (2, 1), engine: engine));

        // As torch does: it looks at the output padding only where there is something to compute.
        AssertTensor([0, 2, 10, 10], [], F.ConvTranspose2d(empty, W, outputPadding: 4, engine: engine));
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_bias_is_added_to_every_element_of_its_channel(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        float[] without = HostTensor.Values(F.ConvTranspose2d(X, W, stride: 3, engine: engine));

        Tensor<float> with = F.ConvTranspose2d(X, W, B, stride: 3, engine: engine);

        int planeSize = (int)(with.Lengths[2] * with.Lengths[3]);
        float[] expected = [.. without.Select((value, i) => value + B[i / planeSize % 2])];
        AssertTensor([2, 2, 12, 14], expected, with);
    }

    [TestMethod]
    public void Output_padding_up_to_the_dilation_is_allowed_where_the_stride_is_less()
    {
        Tensor<float> y = F.ConvTranspose2d(
            X, W, stride: 1, outputPadding: (2, 1), dilation: (3, 2), engine: TestAccelerators.Get("cpu"));

        CollectionAssert.AreEqual(new nint[] { 2, 2, 12, 8 }, y.Lengths.ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Views_of_strided_host_memory_give_the_result_of_dense_ones(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        Tensor<float> transposed = Tensor.PermuteDimensions(X, [0, 1, 3, 2]);
        Tensor<float> dense = HostTensor.Of(transposed.ToArray(), 2, 3, 5, 4);

        Tensor<float> expected = F.ConvTranspose2d(dense, W, B, stride: 2, engine: engine);
        Tensor<float> actual = F.ConvTranspose2d(
            transposed.AsReadOnlyTensorSpan(),
            W.AsReadOnlyTensorSpan(),
            B.AsReadOnlyTensorSpan(),
            stride: 2,
            engine: engine);

        AssertTensor([2, 2, 11, 8], HostTensor.Values(expected), actual);
    }

    [TestMethod]
    [DoNotParallelize]
    public void Without_an_engine_the_default_one_computes()
    {
        Tensor<float> expected = F.ConvTranspose2d(X, W, B, engine: TestAccelerators.Get("cpu"));

        AssertTensor([2, 2, 6, 6], HostTensor.Values(expected), F.ConvTranspose2d(X, W, B));
    }

    internal static void AssertTensor(nint[] lengths, float[] values, Tensor<float> actual)
    {
        CollectionAssert.AreEqual(lengths, actual.Lengths.ToArray());
        BitAssert.AreEqual(values, HostTensor.Values(actual), "values");
    }
}
