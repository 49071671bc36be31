using System.Numerics.Tensors;
using Deconv.Tests.Support;
using Deconv.Torch;
using F = Deconv.Torch.Functional;

namespace Deconv.Tests.Frontends.Torch;

/// <summary>The output size of torch's module: which are legal, and what the result is.</summary>
[TestClass]
public sealed class OutputSizeTests
{
    private static readonly Tensor<float> X = HostTensor.Dyadic(1, 2, 3, 6, 6);

    /// <summary>The grid of torch's own test, whose module has sizes 18 to 20.</summary>
    public static IEnumerable<object[]> Grid =>
        from height in Enumerable.Range(15, 7)
        from width in Enumerable.Range(15, 7)
        select new object[] { height, width };

    [TestMethod]
    public void The_grid_has_9_legal_sizes_and_40_others()
    {
        Assert.AreEqual(9, Grid.Count(size => IsLegal((int)size[0], (int)size[1])));
        Assert.AreEqual(49, Grid.Count());
    }

    [TestMethod]
    [DynamicData(nameof(Grid))]
    public void A_size_is_met_with_the_functions_bits_or_refused_with_the_ranges(int height, int width)
    {
        Engine engine = TestAccelerators.Get("cpu");
        using var module = new ConvTranspose2d<float>(3, 4, 3, stride: 3, outputPadding: 2, engine: engine, random: new(1));
        if (!IsLegal(height, width))
        {
            AssertRefused(
                () => module.Forward(X, [height, width]),
                $"outputSize is [{height}, {width}]",
                "[6, 6]",
                "from [18, 18] to [20, 20]");
            return;
        }

        Tensor<float> expected = F.ConvTranspose2d(
            X, module.Weight, module.Bias, 3, outputPadding: (height - 18, width - 18), engine: engine);
        using DeviceTensor<float> x = engine.Upload(X);
        using DeviceTensor<float> output = engine.Allocate<float>(2, 4, height, width);

        FunctionalTests.AssertTensor(
            [2, 4, height, width], HostTensor.Values(expected), module.Forward(X, [height, width]));
        Assert.AreSame(output, module.Forward(x, [height, width], output));
        BitAssert.AreEqual(HostTensor.Values(expected), HostTensor.Values(output.ToTensor()), "device");
    }

    [TestMethod]
    public void Axes_have_ranges_of_their_own()
    {
        using ConvTranspose2d<float> module = Asymmetric();
        Tensor<float> x = HostTensor.Dyadic(1, 1, 2, 5, 4);

        // Height: 4 * 2 - 2 + 3 = 9 and one more; width: 3 * 3 - 0 + 4 = 13 and two more.
        Assert.AreEqual(9 * 15, module.Forward(x, [9, 15]).FlattenedLength);
        AssertRefused(() => module.Forward(x, [8, 13]), "[8, 13]", "[5, 4]", "from [9, 13] to [10, 15]");
        AssertRefused(() => module.Forward(x, [11, 13]), "[11, 13]", "from [9, 13] to [10, 15]");
        AssertRefused(() => module.Forward(x, [9, 12]), "[9, 12]", "from [9, 13] to [10, 15]");
        AssertRefused(() => module.Forward(x, [9, 16]), "[9, 16]", "from [9, 13] to [10, 15]");
    }

    [TestMethod]
    public void A_whole_shape_counts_by_its_last_two_values()
    {
        using ConvTranspose2d<float> module = Asymmetric();
        Tensor<float> x = HostTensor.Dyadic(1, 1, 2, 5, 4), sample = HostTensor.Dyadic(1, 2, 5, 4);
        float[] expected = HostTensor.Values(module.Forward(x, [10, 14]));

        FunctionalTests.AssertTensor([1, 1, 10, 14], expected, module.Forward(x, [1, 1, 10, 14]));
        FunctionalTests.AssertTensor([1, 1, 10, 14], expected, module.Forward(x, [9, 9, 10, 14]));
        FunctionalTests.AssertTensor([1, 10, 14], expected, module.Forward(sample, [1, 10, 14]));
        FunctionalTests.AssertTensor([1, 10, 14], expected, module.Forward(sample, [10, 14]));
        FunctionalTests.AssertTensor([1, 10, 14], expected, module.Forward(sample, module.Forward(sample, [10, 14]).Lengths));
    }

    [TestMethod]
    public void Another_number_of_values_is_refused()
    {
        using ConvTranspose2d<float> module = Asymmetric();
        Tensor<float> x = HostTensor.Dyadic(1, 1, 2, 5, 4), sample = HostTensor.Dyadic(1, 2, 5, 4);

        AssertRefused(() => module.Forward(x, [9]), "[9]", "4 dimensions", "2 values", "or 4");
        AssertRefused(() => module.Forward(x, [1, 9, 13]), "[1, 9, 13]", "4 dimensions", "or 4");
        AssertRefused(() => module.Forward(x, [1, 1, 1, 9, 13]), "[1, 1, 1, 9, 13]", "or 4");
        AssertRefused(() => module.Forward(sample, [1, 1, 9, 13]), "[1, 1, 9, 13]", "3 dimensions", "or 3");
    }

    [TestMethod]
    public void It_replaces_the_output_padding_even_one_that_no_call_could_use()
    {
        Engine engine = TestAccelerators.Get("cpu");
        using var module = new ConvTranspose2d<float>(3, 4, 3, stride: 3, outputPadding: 7, engine: engine);

        Assert.AreEqual(2 * 4 * 18 * 19, module.Forward(X, [18, 19]).FlattenedLength);
        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(() => module.Forward(X));
        Assert.AreEqual("outputPadding", refusal.ParamName);
        Assert.Contains("7 on the height axis", refusal.Message);
    }

    [TestMethod]
    public void The_range_goes_by_the_stride_where_the_dilation_is_greater()
    {
        Engine engine = TestAccelerators.Get("cpu");
        using var module = new ConvTranspose2d<float>(3, 4, 2, stride: 1, outputPadding: 1, dilation: 3, engine: engine);

        Assert.AreEqual(2 * 4 * 10 * 10, module.Forward(X).FlattenedLength);
        Assert.AreEqual(2 * 4 * 9 * 9, module.Forward(X, [9, 9]).FlattenedLength);
        AssertRefused(() => module.Forward(X, [10, 10]), "[10, 10]", "from [9, 9] to [9, 9]");
    }

    [TestMethod]
    public void A_legal_size_below_1_and_a_bad_input_are_refused_for_what_they_are()
    {
        Engine engine = TestAccelerators.Get("cpu");
        using var module = new ConvTranspose2d<float>(1, 1, 1, stride: 3, padding: 1, engine: engine);

        AssertRefused(
            "padding", () => module.Forward(HostTensor.Filled(1, 1, 1, 1, 1), [0, 1]), "0 elements");
        AssertRefused("input", () => module.Forward(HostTensor.Filled(1, 1, 1), [1, 1]), "[1, 1]");
        AssertRefused(
            "input", () => module.Forward(HostTensor.Filled(1, 1, 1, 0, 1), [1, 1]), "0 on the height axis");
        AssertRefused("input", () => module.Forward(HostTensor.Filled(1, 1, 2, 1, 1), [1, 1]), "1 channels");
    }

    private static bool IsLegal(int height, int width) => height is >= 18 and <= 20 && width is >= 18 and <= 20;

    private static ConvTranspose2d<float> Asymmetric() => new(
        2, 1, (3, 4), (2, 3), (1, 0), engine: TestAccelerators.Get("cpu"), random: new Random(3));

    private static void AssertRefused(Action call, params string[] words) =>
        AssertRefused("outputSize", call, words);

    private static void AssertRefused(string argument, Action call, params string[] words)
    {
        ArgumentException refusal = Assert.ThrowsExactly<ArgumentException>(call);
        Assert.AreEqual(argument, refusal.ParamName, refusal.Message);
        foreach (string word in words)
            Assert.Contains(word, refusal.Message);
    }
}
