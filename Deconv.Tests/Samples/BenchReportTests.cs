using System.Text;
using Deconv.Samples.Cli.Bench;
using Deconv.Tests.Support;

namespace Deconv.Tests.Samples;

/// <summary>What deconv bench says of its figures: how they are rounded, summed up and described.</summary>
[TestClass]
public sealed class BenchReportTests
{
    [TestMethod]
    [DynamicData(nameof(CliBenchTests.Rows), typeof(CliBenchTests))]
    public void Markdown_tells_of_machine_and_versions_and_has_a_table(string mode, string accelerator)
    {
        _ = TestAccelerators.Get(accelerator);
        using var run = new CliRun();
        string shapes = CliBenchTests.Shapes.Replace("\"a\"", "\"a|z\"", StringComparison.Ordinal);
        CliResult result = CliRun.Invoke(
            "bench", "--shapes", run.Write("shapes.json", Encoding.UTF8.GetBytes(shapes)),
            "--accelerator", accelerator, "--variant", "gather", "--mode", mode, "--markdown", run.At("b.md"));

        Assert.AreEqual(0, result.Code, result.Error);
        string[] lines = File.ReadAllLines(run.At("b.md"));
        string[][] facts = [.. lines.TakeWhile(line => line.Length > 0).Select(line => line.Split(": ", 2))];
        CollectionAssert.AreEqual(
            new[]
            {
                "- commit", "- date", "- processor", "- system", "- runtime", "- peer", "- precision", "- mode",
                "- figures", $"- accelerator {accelerator}",
            },
            facts.Select(fact => fact[0]).ToArray());
        Assert.MatchesRegex("^([0-9a-f]{7}|unknown), Deconv [0-9.]+$", facts[0][1]);
        Assert.MatchesRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", facts[1][1]);
        Assert.MatchesRegex($"^.*[^ ], {Environment.ProcessorCount} threads$", facts[2][1]);
        Assert.MatchesRegex(@"^\.NET 1[0-9.]+, ILGPU 1\.5\.3$", facts[4][1]);
        Assert.AreEqual("none", facts[5][1]);
        Assert.AreEqual("float32", facts[6][1]);
        Assert.StartsWith($"{mode} (", facts[7][1]);
        Assert.AreEqual(accelerator == "cuda", facts[9][1].EndsWith(DeviceClock.Summary, StringComparison.Ordinal));

        string[] table = lines[(facts.Length + 1)..];
        Assert.AreEqual(
            "| shape | accelerator | variant | ms | pack ms | call us | GFLOP/s | GB/s | peer ms | ratio |", table[0]);
        Assert.AreEqual("| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", table[1]);
        Assert.HasCount(4, table);
        const string Figure = @"[0-9.E-]+ \| ";
        string call = mode == "module" && accelerator != "cpu" ? "[0-9.E-]+" : "-";
        Assert.MatchesRegex($@"^\| a\\\|z \| {accelerator} \| gather \| {Figure}- \| {call} \| {Figure}{Figure}- \| - \|$", table[2]);
        Assert.MatchesRegex($@"^\| b \| {accelerator} \| gather \| {Figure}- \| {call} \| {Figure}{Figure}- \| - \|$", table[3]);
    }

    [TestMethod]
    public void Ratios_have_a_geometric_mean_for_each_accelerator()
    {
        BenchRow[] rows = [Row("cpu", 2), Row("opencl", 3), Row("cpu", 8), Row("cuda", null)];

        (string, double)[] means = [.. BenchRow.MeanRatios(rows)];

        Assert.HasCount(2, means);
        Assert.AreEqual("cpu", means[0].Item1);
        Assert.AreEqual(4, means[0].Item2, 1e-12);
        Assert.AreEqual("opencl", means[1].Item1);
        Assert.AreEqual(3, means[1].Item2, 1e-12);

        static BenchRow Row(string accelerator, double? ratio) =>
            new("a", accelerator, "gather", "float32", "module", 1, null, null, 1, 1, 0, null, null, ratio);
    }

    [TestMethod]
    [DataRow(12345.6, "12346")]
    [DataRow(123.45, "123")]
    [DataRow(12.345, "12.3")]
    [DataRow(1.2345, "1.23")]
    [DataRow(0.012345, "0.0123")]
    [DataRow(null, "-")]
    public void Figures_have_three_digits_that_count(double? value, string text) =>
        Assert.AreEqual(text, BenchRow.Text(value));
}
