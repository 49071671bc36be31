using System.Text.Json;
using System.Text.RegularExpressions;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Variants;
using Deconv.Samples.Cli;
using Deconv.Tests.Support;

namespace Deconv.Tests.Samples;

/// <summary>The command line without verify: what it computes, prints and refuses.</summary>
[TestClass]
public sealed partial class CliTests
{
    private static readonly Verifier Verifier = Verifier.For<CliTests>();

    private static string Goldens => Path.Combine(AppContext.BaseDirectory, "Goldens", "torch");

    public static IEnumerable<object[]> RunRows => TestAccelerators.Cross(
    [
        "torch_doc_example", "dcgan_4_2_1", "rectangular_everything", "random_029", "random_047",
    ]);

    public static IEnumerable<object[]> RefusalRows =>
    [
        ["--op is 'conv', but it must be one of: torch.conv_transpose2d", "--op", "conv"],
        ["--stride is 'two', but it must be 1 or 2 whole numbers", "--stride", "two"],
        ["--stride is '1,2,3', but it must be 1 or 2 whole numbers", "--stride", "1,2,3"],
        ["--stride is 0 on the width axis, but it must be at least 1", "--stride", "1,0"],
        ["--padding is -1 on the height axis, but it must not be negative", "--padding", "-1"],
        ["--output-padding is 2 on the width axis, but it must be less than stride", "--output-padding", "0,2"],
        ["--groups is '1,2', but it must be a whole number", "--groups", "1,2"],
        ["--groups is 0, but it must be at least 1", "--groups", "0"],
        ["--dilation is '99999999999', but it must be", "--dilation", "99999999999"],
        ["--input is 'absent.npy', but it cannot be read", "--input", "absent.npy"],
        ["--weight is 'absent.npy', but it cannot be read", "--weight", "absent.npy"],
        ["--bias is 'absent.npy', but it cannot be read", "--bias", "absent.npy"],
        ["--output is '.', but it cannot be written", "--output", "."],
        ["--output is 'absent/y.npy', but it cannot be written", "--output", "absent/y.npy"],
        ["--accelerator is 'gpu', but it must be auto", "--accelerator", "gpu"],
        ["--accelerator is 'cpu:7', but this machine has no such accelerator", "--accelerator", "cpu:7"],
        ["--variant is 'best', but it must be one of: ", "--variant", "best"],
        ["Unrecognized command or argument '--output_padding'. --help", "--output_padding", "1"],
    ];

    [TestMethod]
    [DynamicData(nameof(RunRows))]
    public void Run_through_files_gives_the_bits_of_torch(string name, string accelerator)
    {
        _ = TestAccelerators.Get(accelerator);
        Dictionary<string, NumPyArray<float>> arrays =
            NumPy.ReadArchive<float>(Path.Combine(Goldens, $"{name}.npz"));
        using var run = new CliRun();
        List<string> arguments =
        [
            "run",
            .. Arguments(name),
            "--accelerator",
            accelerator,
            "--input",
            run.Write("x.npy", arrays["x"]),
            "--weight",
            run.Write("w.npy", arrays["w"]),
            "--output",
            run.At("y.npy"),
        ];
        if (arrays.TryGetValue("b", out NumPyArray<float>? bias))
            arguments.AddRange(["--bias", run.Write("b.npy", bias)]);

        CliResult result = CliRun.Invoke([.. arguments]);

        Assert.AreEqual("", result.Error);
        Assert.AreEqual(0, result.Code);
        Assert.Contains($"asked for as '{accelerator}'", result.Output);
        var y = Npy.ReadFile("y", run.At("y.npy"));
        CollectionAssert.AreEqual(
            arrays["y"].Lengths.Select(length => (nint)length).ToArray(), y.Lengths.ToArray());
        BitAssert.AreEqual(arrays["y"].Values, HostTensor.Values(y.As<float>()), name);
        Assert.IsFalse(File.Exists(run.At("y.npy.partial")));
    }

    [TestMethod]
    [DynamicData(nameof(RefusalRows))]
    public void A_refusal_is_one_line_that_names_the_argument_as_typed(string line, string option, string value)
    {
        using var run = new CliRun();
        Dictionary<string, string> options = new()
        {
            ["--op"] = "torch.conv_transpose2d",
            ["--input"] = run.Write("x.npy", HostTensor.Dyadic(1, 1, 2, 3, 3)),
            ["--weight"] = run.Write("w.npy", HostTensor.Dyadic(2, 2, 1, 2, 2)),
            ["--output"] = run.Write("y.npy", "before"u8.ToArray()),
            ["--accelerator"] = "cpu",
            ["--stride"] = "2",
            [option] = value,
        };

        CliResult result = CliRun.Invoke(["run", .. options.SelectMany(o => new[] { o.Key, o.Value })]);

        AssertRefused(line, result);
        Assert.AreEqual("before", File.ReadAllText(run.At("y.npy")));
        Assert.IsFalse(File.Exists(run.At("y.npy.partial")));
    }

    [TestMethod]
    public void A_refusal_of_an_array_names_its_option_and_shape()
    {
        using var run = new CliRun();

        CliResult result = CliRun.Invoke(
            "run", "--op", "torch.conv_transpose2d", "--accelerator", "cpu",
            "--input", run.Write("x.npy", HostTensor.Dyadic(1, 1, 3, 4, 4)),
            "--weight", run.Write("w.npy", HostTensor.Dyadic(2, 2, 1, 2, 2)),
            "--output", run.At("y.npy"));

        AssertRefused("--input is [1, 3, 4, 4], but the weight [2, 1, 2, 2] wants 2 channels.", result);
        Assert.IsEmpty(Directory.GetFiles(run.Folder, "y*"));
    }

    [TestMethod]
    [DataRow("Required command was not provided")]
    [DataRow("Option '--op' is required", "run")]
    [DataRow("Unrecognized command or argument 'train'", "train")]
    [DataRow("--arch is 'sm_90', but it needs --emit", "variants", "--arch", "sm_90")]
    [DataRow("--arch is 'sm_1', but it must be one of: sm_70", "variants", "--emit", "unused", "--arch", "sm_1")]
    public void Commands_that_are_not_whole_are_refused_in_one_line(string line, params string[] arguments) =>
        AssertRefused(line, CliRun.Invoke(arguments));

    [TestMethod]
    public void Explain_prints_the_plan()
    {
        // One output, for the launch to be the same whatever the number of processors.
        using var run = new CliRun();
        CliResult result = CliRun.Invoke(
            "run", "--op", "torch.conv_transpose2d", "--accelerator", "cpu", "--explain",
            "--stride", "2,3", "--padding", "1,0", "--dilation", "1",
            "--input", run.Write("x.npy", HostTensor.Dyadic(1, 1, 2, 1, 1)),
            "--weight", run.Write("w.npy", HostTensor.Dyadic(2, 2, 1, 3, 1)),
            "--bias", run.Write("b.npy", HostTensor.Dyadic(3, 1)),
            "--output", run.At("y.npy"));

        Assert.AreEqual(0, result.Code, result.Error);
        string text = result.Output.ReplaceLineEndings("\n");
        text = text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];

        // What speaks for or against some variants depends on the processor, and estimates on how many there are.
        text = VectorVariant().Replace(text, "");
        Verifier.Verify(Estimate().Replace(text, "estimated to take N us"));
    }

    [TestMethod]
    public void Tune_measures_and_explain_says_so()
    {
        using var run = new CliRun();
        CliResult result = CliRun.Invoke(
            "run", "--op", "torch.conv_transpose2d", "--accelerator", "cpu", "--tune", "--explain",
            "--input", run.Write("x.npy", HostTensor.Dyadic(1, 1, 2, 3, 3)),
            "--weight", run.Write("w.npy", HostTensor.Dyadic(2, 2, 1, 2, 2)),
            "--output", run.At("y.npy"));

        Assert.AreEqual(0, result.Code, result.Error);
        Assert.MatchesRegex(@" was measured to take \d+\.\d us", result.Output);
    }

    [TestMethod]
    public void Explain_says_so_where_nothing_was_computed()
    {
        using var run = new CliRun();
        CliResult result = CliRun.Invoke(
            "run", "--op", "torch.conv_transpose2d", "--accelerator", "cpu", "--explain",
            "--input", run.Write("x.npy", HostTensor.Of([], 0, 2, 3, 3)),
            "--weight", run.Write("w.npy", HostTensor.Dyadic(2, 2, 1, 2, 2)),
            "--output", run.At("y.npy"));

        Assert.AreEqual(0, result.Code, result.Error);
        Assert.Contains("none: the result has no elements", result.Output);
        CollectionAssert.AreEqual(
            new nint[] { 0, 1, 4, 4 }, Npy.ReadFile("y", run.At("y.npy")).Lengths.ToArray());
    }

    [TestMethod]
    public void Devices_are_listed_as_json_with_one_chosen()
    {
        CliResult result = CliRun.Invoke("devices", "--json");

        Assert.AreEqual(0, result.Code, result.Error);
        using JsonDocument json = JsonDocument.Parse(result.Output);
        JsonElement[] devices = [.. json.RootElement.EnumerateArray()];
        Assert.HasCount(1, devices.Where(device => device.GetProperty("chosen").GetBoolean()));
        JsonElement cpu = devices.Single(device => device.GetProperty("kind").GetString() == "cpu");
        Assert.AreEqual("cpu:0", cpu.GetProperty("accelerator").GetString());
        Assert.AreEqual(0, cpu.GetProperty("index").GetInt32());
        Assert.IsGreaterThan(0, cpu.GetProperty("device").GetString()!.Length);
        Assert.IsGreaterThan(0, cpu.GetProperty("reason").GetString()!.Length);
    }

    [TestMethod]
    public void Devices_are_listed_as_a_table_without_control_characters()
    {
        CliResult result = CliRun.Invoke("devices");

        Assert.AreEqual(0, result.Code, result.Error);
        Assert.Contains("cpu:0", result.Output);
        Assert.DoesNotContain("\u001b", result.Output);
    }

    [TestMethod]
    public void Variants_are_listed_and_compiled()
    {
        using var run = new CliRun();

        CliResult list = CliRun.Invoke("variants");
        CliResult emit = CliRun.Invoke("variants", "--emit", run.At("new"), "--arch", "sm_80");

        Assert.AreEqual(0, list.Code, list.Error);
        Assert.AreEqual(0, emit.Code, emit.Error);
        foreach (var variant in VariantTable.All)
        {
            Assert.Contains($"{variant.Name} ", list.Output);
            Assert.Contains(variant.Summary, list.Output);
            foreach (KernelEntry entry in variant.EntryPoints)
            {
                Assert.Contains(".entry", File.ReadAllText(run.At($"new/{entry.Name}.sm_80.ptx")));
                if (entry.Oldest is null)
                    Assert.Contains("kernel void", File.ReadAllText(run.At($"new/{entry.Name}.cl")));
            }
        }
    }

    [TestMethod]
    public void Help_lists_every_operator_and_every_argument()
    {
        CliResult result = CliRun.Invoke("run", "--help");

        Assert.AreEqual(0, result.Code, result.Error);
        foreach (Operator op in OperatorTable.All)
        {
            Assert.Contains(op.Name, result.Output);
            foreach (OperatorOption option in op.Options)
                Assert.Contains($"  {option.Name} <{option.HelpName}>", result.Output);
        }
    }

    private static void AssertRefused(string line, CliResult result)
    {
        Assert.AreEqual(2, result.Code, result.Output + result.Error);
        Assert.AreEqual("", result.Output);
        Assert.StartsWith($"error: {line}", result.Error);
        Assert.HasCount(2, result.Error.Split('\n'), result.Error);
    }

    /// <summary>The operator and its arguments as typed: all of them, each as a pair.</summary>
    private static string[] Arguments(string name)
    {
        using JsonDocument index =
            JsonDocument.Parse(File.ReadAllText(Path.Combine(Goldens, "index.json")));
        JsonElement entry = index.RootElement.EnumerateArray().Single(e => e.GetProperty("name").GetString() == name);
        return
        [
            "--op", "torch.conv_transpose2d",
            "--groups", $"{entry.GetProperty("groups")}",
            "--stride", Pair("stride"),
            "--padding", Pair("padding"),
            "--output-padding", Pair("output_padding"),
            "--dilation", Pair("dilation"),
        ];

        string Pair(string key) => $"{entry.GetProperty(key)[0]},{entry.GetProperty(key)[1]}";
    }

    [GeneratedRegex(@"  ((winograd|panel)-simd\d+|shared) .*\n")]
    private static partial Regex VectorVariant();

    [GeneratedRegex(@"estimated to take \S+ us")]
    private static partial Regex Estimate();
}
