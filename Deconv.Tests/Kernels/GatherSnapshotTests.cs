using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

/// <summary>The bits of a few small results; one snapshot serves all accelerators.</summary>
[TestClass]
public sealed class GatherSnapshotTests
{
    private static readonly Verifier Verifier = Verifier.For<GatherSnapshotTests>();

    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Holes_between_the_footprints_of_a_small_kernel(string accelerator) => Verify(
        accelerator,
        new()
        {
            GroupOutputChannels = 2,
            Input = (2, 3),
            Kernel = (1, 2),
            Stride = (2, 3),
            Output = (4, 9),
            HasBias = true,
        });

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Groups_with_an_asymmetric_dilated_kernel(string accelerator) => Verify(
        accelerator,
        new()
        {
            Groups = 2,
            GroupInputChannels = 2,
            Input = (3, 2),
            Kernel = (2, 3),
            Stride = (2, 1),
            Dilation = (1, 2),
            Crop = (1, 2),
            HasBias = true,
        });

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_batch_cropped_and_padded_at_the_end(string accelerator) => Verify(
        accelerator,
        new()
        {
            Batch = 2,
            GroupInputChannels = 3,
            Input = (2, 3),
            Kernel = (3, 2),
            Stride = (3, 2),
            Crop = (2, 1),
            Output = (6, 7),
        });

    private static void Verify(
        string accelerator,
        CaseShape shape,
        [CallerMemberName] string method = "")
    {
        Engine engine = TestAccelerators.Get(accelerator);
        ConvTransposeCase c = CaseData.Dyadic(shape.ToSpec(), seed: 11);
        float[] output = GuardedRun.Run(engine, c, "gather", $"{shape.Name} on {accelerator}");
        BitAssert.AreEqual(GuardedRun.Rounded(ScatterOracle.Compute(c)), output, shape.Name);
        Verifier.Verify(Text(shape, output), $"accelerator={accelerator}", method);
    }

    /// <summary>One line a row of pixels, bits and value of each.</summary>
    private static string Text(CaseShape shape, float[] output)
    {
        int width = shape.ToSpec().Axes.Width.Output;
        int height = shape.ToSpec().Axes.Height.Output;
        var text = new StringBuilder(shape.Name);
        for (int i = 0; i < output.Length; ++i)
        {
            text.Append(i % width != 0 ? "   " : i % (width * height) == 0 ? "\n\n" : "\n");
            text.Append(
                CultureInfo.InvariantCulture,
                $"{BitConverter.SingleToUInt32Bits(output[i]):x8} {output[i],12:R}");
        }

        return text.ToString();
    }
}
