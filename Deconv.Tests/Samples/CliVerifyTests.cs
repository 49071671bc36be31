using System.IO.Compression;
using Deconv.Samples.Cli;
using Deconv.Tests.Support;

namespace Deconv.Tests.Samples;

/// <summary>The command verify: it passes what is right, and nothing else.</summary>
[TestClass]
public sealed class CliVerifyTests
{
    private const string Good = "torch_doc_example";
    private const string Bad = "one_pixel_projection";

    private static string Goldens => Path.Combine(AppContext.BaseDirectory, "Goldens", "torch");

    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void All_goldens_pass_on_an_accelerator(string accelerator)
    {
        _ = TestAccelerators.Get(accelerator);

        CliResult result = CliRun.Invoke(
            "verify", "--cases", Goldens, "--accelerator", accelerator, "--variant", "gather");

        Assert.AreEqual(0, result.Code, result.Output + result.Error);
        Assert.AreEqual("72 passed, 0 failed, 0 skipped", result.LastLine);
        Assert.DoesNotContain("\u001b", result.Output);
    }

    [TestMethod]
    public void What_the_machine_lacks_is_skipped_and_counted_under_all()
    {
        using var run = new CliRun();
        WriteCases(run);

        CliResult result = CliRun.Invoke("verify", "--cases", run.Folder, "--accelerator", "all", "--variant", "all");

        Assert.AreEqual(0, result.Code, result.Output + result.Error);
        int[] counts = [.. result.LastLine.Split(' ').Where(word => char.IsAsciiDigit(word[0])).Select(int.Parse)];
        Assert.AreEqual(2 * Engine.Variants.Count * TestAccelerators.Names.Length, counts.Sum());
        Assert.AreEqual(0, counts[1]);
        Assert.IsGreaterThan(0, counts[0]);
    }

    [TestMethod]
    public void A_tampered_result_fails_and_is_named_with_its_difference()
    {
        using var run = new CliRun();
        WriteCases(run);
        Tamper(run.At($"{Bad}.npz"));

        CliResult result = CliRun.Invoke("verify", "--cases", run.Folder, "--accelerator", "cpu");

        Assert.AreEqual(1, result.Code, result.Output + result.Error);
        Assert.AreEqual("1 passed, 1 failed, 0 skipped", result.LastLine);
        string[] lines = result.Output.Split('\n', StringSplitOptions.TrimEntries);
        string row = lines.Single(line => line.EndsWith("FAILED", StringComparison.Ordinal));
        Assert.StartsWith($"{Bad} ", row);
        Assert.Contains("differ", row);
        Assert.ContainsSingle(line => line.StartsWith($"{Bad}, cpu, auto: element 0 is ", StringComparison.Ordinal), lines);
    }

    [TestMethod]
    public void Arguments_that_the_operator_refuses_fail_the_case()
    {
        using var run = new CliRun();
        WriteCases(run);
        File.WriteAllText(run.At("index.json"), $$"""[{ "name": "{{Good}}", "stride": [1, 0] }]""");

        CliResult result = CliRun.Invoke("verify", "--cases", run.Folder, "--accelerator", "cpu");

        Assert.AreEqual(1, result.Code, result.Output + result.Error);
        Assert.Contains("FAILED", result.Output);
        Assert.Contains($"{Good}, cpu, auto: --stride is 0 on the width axis, but it must", result.Output);
        Assert.AreEqual("0 passed, 1 failed, 0 skipped", result.LastLine);
    }

    [TestMethod]
    public void Outputs_are_stored_by_case_accelerator_and_variant()
    {
        using var run = new CliRun();
        WriteCases(run);

        CliResult result = CliRun.Invoke(
            "verify", "--cases", run.Folder, "--accelerator", "cpu", "--variant", "gather",
            "--write-outputs", run.At("results"));

        Assert.AreEqual(0, result.Code, result.Output + result.Error);
        CollectionAssert.AreEquivalent(
            new[] { $"{Good}.cpu.gather.npy", $"{Bad}.cpu.gather.npy" },
            Directory.GetFiles(run.At("results")).Select(Path.GetFileName).ToArray());
        BitAssert.AreEqual(
            NumPy.ReadArchive<float>(run.At($"{Good}.npz"))["y"].Values,
            HostTensor.Values(Npy.ReadFile("y", run.At($"results/{Good}.cpu.gather.npy")).As<float>()),
            Good);
    }

    [TestMethod]
    [DataRow("[]", "its index.json lists no case")]
    [DataRow("[", "its index.json must be a list of cases")]
    [DataRow("3", "its index.json must be a list of cases")]
    [DataRow("[{}]", "a case of its index.json has no name")]
    [DataRow("""[{ "name": "a", "op": "conv" }]""", "its case a is refused: --op is 'conv', but it must be one of")]
    [DataRow("""[{ "name": "a", "strides": 1 }]""", "its case a is refused: --strides is '1', but torch.conv")]
    [DataRow("""[{ "name": "a", "stride": [1, 2, 3] }]""", "its case a is refused: --stride is '1,2,3', but it")]
    [DataRow("""[{ "name": "absent" }]""", "it cannot be read")]
    public void A_folder_that_is_no_folder_of_cases_is_refused_in_one_line(string index, string rule)
    {
        using var run = new CliRun();
        File.WriteAllText(run.At("index.json"), index);

        CliResult result = CliRun.Invoke("verify", "--cases", run.Folder, "--accelerator", "cpu");

        Assert.AreEqual(2, result.Code, result.Output + result.Error);
        Assert.StartsWith($"error: --cases is '{run.Folder}", result.Error);
        Assert.Contains(rule, result.Error);
        Assert.HasCount(2, result.Error.Split('\n'), result.Error);
    }

    /// <summary>Two of torch's cases in a folder of their own.</summary>
    private static void WriteCases(CliRun run)
    {
        foreach (string name in new[] { Good, Bad })
            File.Copy(Path.Combine(Goldens, $"{name}.npz"), run.At($"{name}.npz"));
        File.WriteAllText(
            run.At("index.json"),
            $$"""
            [
              { "name": "{{Good}}", "stride": 1, "padding": [1, 1], "groups": 1, "bias": false },
              { "name": "{{Bad}}", "op": "torch.conv_transpose2d", "args": { "stride": [1, 1] } }
            ]
            """);
    }

    private static void Tamper(string path)
    {
        NumPyArray<float> y = NumPy.ReadArchive<float>(path)["y"];
        y.Values[0] = MathF.BitIncrement(y.Values[0]);
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Update);
        archive.GetEntry("y.npy")!.Delete();
        using Stream entry = archive.CreateEntry("y.npy").Open();
        Npy.Write(entry, NpyArray.Of(System.Numerics.Tensors.Tensor.Create(y.Values, [.. y.Lengths.Select(l => (nint)l)])));
    }
}
