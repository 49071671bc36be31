using Deconv.Geometry;

namespace Deconv.Tests.Oracles;

/// <summary>The two oracles share no index code; before anyone is held to them, they agree.</summary>
[TestClass]
public sealed class OracleTests
{
    public static IEnumerable<object[]> Rows => AdversarialCases.All.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Oracles_agree_on_adversarial_cases(string shape)
    {
        foreach ((string data, Func<ConvTransposeSpec, ConvTransposeCase> fill) in CaseData.All)
            AssertAgree(fill(AdversarialCases.All[shape].ToSpec()), $"{shape}, {data}");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    public void Oracles_agree_on_random_cases(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 150; ++i)
        {
            CaseShape shape = RandomShape(random);
            AssertAgree(CaseData.Dyadic(shape.ToSpec(), seed + i), shape.Name);
        }
    }

    [TestMethod]
    public void Oracles_agree_on_an_empty_batch()
    {
        ConvTransposeCase c = CaseData.Dyadic(new CaseShape { Batch = 0, Input = (2, 3) }.ToSpec(), 1);

        AssertAgree(c, "empty batch");
        Assert.IsEmpty(ScatterOracle.Compute(c));
    }

    /// <summary>Two inputs 2 apart on a canvas of 1 10 101 10 100, worked out by hand.</summary>
    [TestMethod]
    public void Scatter_oracle_gives_the_canvas_worked_out_by_hand()
    {
        var shape = new CaseShape { Input = (1, 2), Kernel = (1, 3), Stride = (1, 2), Crop = (0, 1), Output = (1, 5) };
        var c = new ConvTransposeCase(shape.ToSpec(), [1, 1], [1, 10, 100], Bias: null);

        CollectionAssert.AreEqual(new double[] { 10, 101, 10, 100, 0 }, ScatterOracle.Compute(c));
    }

    private static void AssertAgree(ConvTransposeCase c, string what) =>
        CollectionAssert.AreEqual(ScatterOracle.Compute(c), ZeroInsertionOracle.Compute(c), what);

    private static CaseShape RandomShape(Random random)
    {
        PerAxis<int> Pair(int from, int to) => PerAxis.From(_ => random.Next(from, to + 1));
        return new()
        {
            Batch = random.Next(0, 3),
            Groups = random.Next(1, 4),
            GroupInputChannels = random.Next(1, 4),
            GroupOutputChannels = random.Next(1, 4),
            HasBias = random.Next(2) == 1,
            Input = Pair(1, 4),
            Kernel = Pair(1, 4),
            Stride = Pair(1, 5),
            Dilation = Pair(1, 4),
            Crop = Pair(0, 6),
            Output = Pair(1, 12),
        };
    }
}
