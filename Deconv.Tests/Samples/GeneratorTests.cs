using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Deconv.Samples.Generator;
using Deconv.Tests.Support;

namespace Deconv.Tests.Samples;

[TestClass]
public sealed class GeneratorTests
{
    private const int Count = 2;
    private const int Seed = 1;

    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Pictures_before_tanh_have_the_same_bits_on_every_accelerator(string accelerator)
    {
        float[] values = Paint(TestAccelerators.Get(accelerator), squash: false);

        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"first {values[0]:R}, smallest {values.Min():R}, largest {values.Max():R}\n"
            + $"sha256 {Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(values)))}");
        Verifier.For<GeneratorTests>().Verify(text, $"accelerator={accelerator}");
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Pictures_differ_by_at_most_1_of_255_between_accelerators(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);

        PictureGrid grid = PictureGrid.Of(Paint(engine, squash: true), columns: 2);
        PictureGrid expected = PictureGrid.Of(
            [.. Paint(engine, squash: false).Select(value => (float)Math.Tanh(value))], columns: 2);

        Assert.AreEqual((128, 64), (grid.Width, grid.Height));
        Assert.IsTrue(grid.Pixels.Zip(expected.Pixels).All(pair => Math.Abs(pair.First - pair.Second) <= 1));
        Assert.IsGreaterThan(100, grid.Pixels.Distinct().Count());
    }

    [TestMethod]
    public void No_sum_of_a_layer_needs_more_bits_than_a_float_has()
    {
        using var network = new Network(TestAccelerators.Get("cpu"), Seed);
        foreach (DeviceTensor<float> weight in network.Weights.Skip(1))
        {
            float[] values = HostTensor.Values(weight.ToTensor());
            int outputs = (int)weight.Lengths[1];

            // A pixel sums, over all input channels, the taps of one phase of the 4 x 4 kernel.
            var sums = new Dictionary<(int Output, int Row, int Column), double>();
            for (int i = 0; i < values.Length; ++i)
            {
                (int Output, int Row, int Column) key = (i / 16 % outputs, i / 4 % 4 % 2, i % 4 % 2);
                sums[key] = sums.GetValueOrDefault(key) + Math.Abs(values[i]);
            }

            Assert.IsLessThan(1 << 7, sums.Values.Max() * Activations.Largest);
        }
    }

    [TestMethod]
    public void Another_seed_paints_other_pictures()
    {
        Engine engine = TestAccelerators.Get("cpu");
        using var network = new Network(engine, Seed + 1);
        using DeviceTensor<float> pictures = network.Paint(Count, Seed + 1);

        CollectionAssert.AreNotEqual(Paint(engine, squash: false), HostTensor.Values(pictures.ToTensor()));
    }

    private static float[] Paint(Engine engine, bool squash)
    {
        using var network = new Network(engine, Seed);
        using DeviceTensor<float> pictures = network.Paint(Count, Seed);
        if (squash)
            network.Squash(pictures);
        return HostTensor.Values(pictures.ToTensor());
    }
}
