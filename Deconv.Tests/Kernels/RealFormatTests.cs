using Deconv.Geometry;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Variants;
using Deconv.Tests.Oracles;
using Deconv.Tests.Support;

namespace Deconv.Tests.Kernels;

/// <summary>
/// The vectors of CPUs with elements of the types that are not floats: rows of all lengths, rows that are
/// converted as a whole and in parts, and what is not finite.
/// </summary>
[TestClass]
public sealed class RealFormatTests
{
    private static readonly string[] Formats = ["float64", "float16", "bfloat16"];

    private static readonly int[] Widths = [.. Enumerable.Range(1, 20), 31, 32, 33, 47, 49];

    public static IEnumerable<object[]> Rows =>
        from format in Formats
        from variant in VariantTable.All
        where variant.Name.Contains("simd")
        select new object[] { format, variant.Name };

    public static IEnumerable<object[]> VariantRows =>
        from variant in VariantTable.All
        where variant.Name.Contains("simd")
        select new object[] { variant.Name };

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Rows_of_all_lengths_have_the_bits_of_the_oracle(string format, string variant)
    {
        foreach (int width in Widths)
        {
            CaseShape[] shapes =
            [
                new()
                {
                    Batch = 2, GroupInputChannels = 3, GroupOutputChannels = 9, Input = (width % 5 + 1, width),
                    Kernel = 3, Crop = (width % 2, width % 3), HasBias = true,
                },
                new()
                {
                    Groups = 2, GroupInputChannels = 2, GroupOutputChannels = 3, Input = (width % 3 + 1, width),
                    Kernel = (3, 4), Stride = (1, 2), Crop = (0, width % 4), HasBias = true,
                },
                new() { GroupInputChannels = 2, GroupOutputChannels = 5, Input = (4, width), Kernel = 2, Stride = 2 },
            ];
            foreach (CaseShape shape in shapes.Where(shape => shape.ToSpec().Axes.Width.Output > 0))
                AssertBits(format, variant, CaseData.Dyadic(Spec(shape, format), seed: width));
        }
    }

    /// <summary>
    /// Rows longer than a line, taps farther apart than a line, many samples to a tile, rows side by side in
    /// memory, and more channels than a line has numbers.
    /// </summary>
    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Lines_are_cut_where_they_are_too_long(string format, string variant)
    {
        CaseShape[] shapes =
        [
            new()
            {
                GroupInputChannels = 3, GroupOutputChannels = 3, Input = (5, 150), Kernel = 3, Crop = 1,
                HasBias = true,
            },
            new() { GroupInputChannels = 70, Input = (5, 130), Kernel = 9, Stride = 3, Crop = 4 },
            new()
            {
                GroupInputChannels = 2, GroupOutputChannels = 9, Input = (2, 850), Kernel = (2, 3),
                Dilation = (1, 300), Crop = (0, 300),
            },
            new()
            {
                GroupInputChannels = 2, GroupOutputChannels = 9, Input = (9, 43), Kernel = (3, 1),
                Dilation = (3, 1), Crop = (3, 0),
            },
            new()
            {
                Batch = 11, GroupInputChannels = 5, GroupOutputChannels = 12, Input = 4, Kernel = 4, Stride = 2,
                Crop = 1, HasBias = true,
            },
            new()
            {
                Batch = 3, GroupInputChannels = 4, GroupOutputChannels = 8, Input = (7, 14), Kernel = 2,
                Stride = 2,
            },
            new() { Batch = 20, GroupInputChannels = 9, GroupOutputChannels = 13, Kernel = (3, 2), HasBias = true },
            new() { GroupInputChannels = 600, GroupOutputChannels = 11, Input = (2, 3), Kernel = 2, HasBias = true },
        ];
        foreach (CaseShape shape in shapes)
            AssertBits(format, variant, CaseData.Dyadic(Spec(shape, format), seed: 1));
    }

    /// <summary>Tensors that are asked for ahead, and an output that is written past the caches, rows at all addresses.</summary>
    [TestMethod]
    [DynamicData(nameof(VariantRows))]
    public void Tensors_longer_than_caches_have_the_bits_of_the_oracle(string variant)
    {
        CaseShape[] shapes =
        [
            new()
            {
                GroupInputChannels = 2, GroupOutputChannels = 3, Input = (250, 261), Kernel = 3, Stride = 2,
                Crop = (1, 0), HasBias = true,
            },
            new() { Input = (1021, 1033), Kernel = 2, Stride = 2, Output = (2042, 2065), HasBias = true },
        ];
        foreach (CaseShape shape in shapes)
            AssertBits("float64", variant, CaseData.Dyadic(Spec(shape, "float64"), seed: 3));
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void What_is_not_finite_reaches_its_footprint_only(string format, string variant)
    {
        CaseShape[] shapes =
        [
            new()
            {
                GroupInputChannels = 2, GroupOutputChannels = 2, Input = (3, 9), Kernel = 3, Crop = (1, 0),
                HasBias = true,
            },
            new() { Batch = 2, GroupOutputChannels = 3, Input = (3, 4), Kernel = 4, Stride = 2, Crop = 1 },
        ];
        float[] values = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        foreach (CaseShape shape in shapes)
        {
            ConvTransposeCase exact = CaseData.Dyadic(Spec(shape, format), seed: 2);
            for (int i = 0; i < exact.Input.Length; ++i)
                AssertBits(format, variant, exact with { Input = exact.Input.SetItem(i, values[i % 3]) });
            for (int i = 0; i < exact.Weight.Length; ++i)
                AssertBits(format, variant, exact with { Weight = exact.Weight.SetItem(i, values[i % 3]) });
        }
    }

    private static ConvTransposeSpec Spec(CaseShape shape, string format) =>
        shape.ToSpec() with { Element = NumberFormat.All[format].Element };

    private static void AssertBits(string format, string variant, ConvTransposeCase c)
    {
        Engine engine = TestAccelerators.Get("cpu");
        foreach (TensorLayout layout in Enum.GetValues<TensorLayout>())
        {
            ConvTransposeSpec spec = c.Spec with { Layout = layout };
            if (VariantRefusal.Of(engine, spec, variant) is null)
                NumberFormat.All[format].AssertRoundedOnce(engine, c, c, layout, variant, $"{variant}, {format}, {spec}");
        }
    }
}
