using System.Numerics.Tensors;
using Deconv.Tests.Support;
using F = Deconv.MegEngine.Functional;
using TorchF = Deconv.Torch.Functional;

namespace Deconv.Tests.Frontends.MegEngine;

/// <summary>Where MegEngine's function differs from torch's, and where its documentation from its source.</summary>
[TestClass]
public sealed class FunctionalTests
{
    private static readonly Tensor<float> X = HostTensor.Dyadic(1, 2, 4, 4, 5);
    private static readonly Tensor<float> W = HostTensor.Dyadic(2, 4, 6, 3, 2);
    private static readonly Tensor<float> B = HostTensor.Dyadic(3, 1, 6, 1, 1);

    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Dilation_comes_before_groups(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        Tensor<float> grouped = HostTensor.Dyadic(2, 2, 2, 3, 3, 2);

        Tensor<float> y = F.ConvTranspose2d(
            X, grouped, B, (2, 1), (1, 0), (1, 0), (1, 3), 2, "cross_correlation", "default", engine);

        Tensor<float> expected = TorchF.ConvTranspose2d(
            X,
            HostTensor.Dyadic(2, 4, 3, 3, 2),
            HostTensor.Dyadic(3, 6),
            stride: (2, 1),
            padding: (1, 0),
            outputPadding: (1, 0),
            groups: 2,
            dilation: (1, 3),
            engine);
        Torch.FunctionalTests.AssertTensor([2, 6, 8, 8], HostTensor.Values(expected), y);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Everything_left_out_means_megengines_defaults(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);

        Tensor<float> left = F.ConvTranspose2d(X, W, engine: engine);
        Tensor<float> given = F.ConvTranspose2d(
            X, W, null, 1, 0, 0, 1, 1, "CROSS_CORRELATION", "Default", engine);

        Torch.FunctionalTests.AssertTensor([2, 6, 6, 6], HostTensor.Values(given), left);
        BitAssert.AreEqual(
            HostTensor.Values(TorchF.ConvTranspose2d(X, W, engine: engine)), HostTensor.Values(left), "torch");
    }

    [TestMethod]
    [DataRow(1, 0)]
    [DataRow(0, 1)]
    [DataRow(0, 2)]
    public void Output_padding_of_one_axis_counts_as_documented(int height, int width)
    {
        Engine engine = TestAccelerators.Get("cpu");

        Tensor<float> y = F.ConvTranspose2d(
            X, W, B, stride: (2, 3), padding: 1, outputPadding: (height, width), engine: engine);

        Tensor<float> expected = TorchF.ConvTranspose2d(
            X, W, HostTensor.Dyadic(3, 6), (2, 3), 1, (height, width), engine: engine);
        Torch.FunctionalTests.AssertTensor(
            [2, 6, 7 + height, 12 + width], HostTensor.Values(expected), y);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Without_a_batch_the_result_is_that_of_a_batch_of_one_as_documented(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);

        Tensor<float> unbatched = F.ConvTranspose2d(
            HostTensor.Dyadic(5, 4, 4, 5), W, B, stride: (2, 1), engine: engine);
        Tensor<float> batched = F.ConvTranspose2d(
            HostTensor.Dyadic(5, 1, 4, 4, 5), W, B, stride: (2, 1), engine: engine);

        Torch.FunctionalTests.AssertTensor([6, 9, 6], HostTensor.Values(batched), unbatched);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void An_empty_batch_has_an_empty_result_of_the_right_shape(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        Tensor<float> empty = Tensor.CreateFromShape<float>([0, 4, 4, 5]);

        Torch.FunctionalTests.AssertTensor(
            [0, 6, 9, 6], [], F.ConvTranspose2d(empty, W, B, stride: (2, 1), engine: engine));
    }
}
