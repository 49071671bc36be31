using System.Text.Json;
using Deconv.Samples.Cli;
using Deconv.Tests.Support;

namespace Deconv.Tests.Samples;

/// <summary>The operators of the other front-ends, by the arguments that they have in their frameworks.</summary>
[TestClass]
public sealed class CliOperatorTests
{
    private static string Goldens => Path.Combine(AppContext.BaseDirectory, "Goldens", "frontends");

    public static IEnumerable<object[]> Rows => TestAccelerators.Rows;

    public static IEnumerable<object[]> OperatorRows => OperatorTable.All.Select(op => new object[] { op.Name });

    [TestMethod]
    public void The_table_has_the_four_operators()
    {
        CollectionAssert.AreEqual(
            new[]
            {
                "torch.conv_transpose2d",
                "mindspore.ops.Conv2DTranspose",
                "mindspore.mint.conv_transpose2d",
                "megengine.ConvTranspose2d",
            },
            OperatorTable.All.Select(op => op.Name).ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void All_goldens_pass_on_an_accelerator(string accelerator)
    {
        _ = TestAccelerators.Get(accelerator);

        CliResult result = CliRun.Invoke(
            "verify", "--cases", Goldens, "--accelerator", accelerator, "--variant", "gather");

        Assert.AreEqual(0, result.Code, result.Output + result.Error);
        Assert.AreEqual("64 passed, 0 failed, 0 skipped", result.LastLine);
    }

    [TestMethod]
    [DataRow("mindspore.ops.Conv2DTranspose_004")]
    [DataRow("mindspore.ops.Conv2DTranspose_013")]
    [DataRow("mindspore.mint.conv_transpose2d_015")]
    [DataRow("megengine.ConvTranspose2d_001")]
    public void Run_takes_the_arguments_as_the_framework_names_them(string name)
    {
        Dictionary<string, NumPyArray<float>> arrays =
            NumPy.ReadArchive<float>(Path.Combine(Goldens, $"{name}.npz"));
        using var run = new CliRun();
        List<string> arguments =
        [
            "run", .. Typed(name), "--accelerator", "cpu",
            "--input", run.Write("x.npy", arrays["x"]),
            "--weight", run.Write("w.npy", arrays["w"]),
            "--output", run.At("y.npy"),
        ];
        if (arrays.TryGetValue("b", out NumPyArray<float>? bias))
            arguments.AddRange(["--bias", run.Write("b.npy", bias)]);

        CliResult result = CliRun.Invoke([.. arguments]);

        Assert.AreEqual(0, result.Code, result.Error);
        BitAssert.AreEqual(arrays["y"].Values, HostTensor.Values(Npy.ReadFile("y", run.At("y.npy")).As<float>()), name);
    }

    [TestMethod]
    [DataRow(
        "--pad-mode is 'same', but torch.conv_transpose2d has no such argument; it has --stride",
        "torch.conv_transpose2d", "--pad-mode", "same")]
    [DataRow(
        "--output-padding is '1', but mindspore.ops.Conv2DTranspose has no such argument",
        "mindspore.ops.Conv2DTranspose", "--output-padding", "1")]
    [DataRow("--out-channel is missing, but mindspore.ops.Conv2DTranspose needs it", "mindspore.ops.Conv2DTranspose")]
    [DataRow(
        "--bias is 'b.npy', but mindspore.ops.Conv2DTranspose has no bias",
        "mindspore.ops.Conv2DTranspose",
        "--bias", "b.npy", "--out-channel", "2", "--kernel-size", "2", "--input-size", "1,1,4,4")]
    [DataRow(
        "--input-size is '4,4', but it must be 4 whole numbers",
        "mindspore.ops.Conv2DTranspose", "--out-channel", "2", "--kernel-size", "2", "--input-size", "4,4")]
    [DataRow(
        "--pad-mode is 'full', but ",
        "mindspore.ops.Conv2DTranspose",
        "--pad-mode", "full", "--out-channel", "2", "--kernel-size", "2", "--input-size", "1,1,4,4")]
    [DataRow(
        "--input-size is ",
        "mindspore.ops.Conv2DTranspose", "--out-channel", "2", "--kernel-size", "2", "--input-size", "1,1,9,4")]
    [DataRow(
        "--input is [1, 3, 3, 3], but ",
        "mindspore.ops.Conv2DTranspose", "--out-channel", "2", "--kernel-size", "2", "--input-size", "1,1,4,4")]
    [DataRow("--output-padding is 1 on the height axis", "mindspore.mint.conv_transpose2d", "--output-padding", "1,0")]
    [DataRow("--input is [1, 3, 3, 3], but ", "mindspore.mint.conv_transpose2d")]
    [DataRow("--input is [1, 3, 3, 3], but ", "megengine.ConvTranspose2d")]
    [DataRow("--conv-mode is 'convolution', but ", "megengine.ConvTranspose2d", "--conv-mode", "convolution")]
    [DataRow("--compute-mode is 'float16', but ", "megengine.ConvTranspose2d", "--compute-mode", "float16")]
    public void Refusals_name_the_argument_as_typed(string line, string op, params string[] options)
    {
        // Three channels, where the weight wants two.
        int channels = line.StartsWith("--input is", StringComparison.Ordinal) ? 3 : 2;
        using var run = new CliRun();

        CliResult result = CliRun.Invoke(
        [
            "run", "--op", op, "--accelerator", "cpu",
            "--input", run.Write("x.npy", HostTensor.Dyadic(1, 1, channels, 3, 3)),
            "--weight", run.Write("w.npy", HostTensor.Dyadic(2, 2, 1, 2, 2)),
            "--output", run.At("y.npy"),
            .. options,
        ]);

        Assert.AreEqual(2, result.Code, result.Output + result.Error);
        Assert.StartsWith($"error: {line}", result.Error);
        Assert.HasCount(2, result.Error.Split('\n'), result.Error);
    }

    [TestMethod]
    [DynamicData(nameof(OperatorRows))]
    public void An_unknown_operator_is_refused_with_the_names_there_are(string name)
    {
        CliResult result = CliRun.Invoke(
            "run", "--op", "conv", "--input", "x", "--weight", "w", "--output", "y");

        Assert.AreEqual(2, result.Code);
        Assert.Contains(name, result.Error);
    }

    /// <summary>The case's operator and arguments; module's arguments that the operator lacks left out.</summary>
    private static List<string> Typed(string name)
    {
        using JsonDocument index = JsonDocument.Parse(File.ReadAllText(Path.Combine(Goldens, "index.json")));
        JsonElement entry = index.RootElement.EnumerateArray().Single(e => e.GetProperty("name").GetString() == name);
        List<string> typed = ["--op", $"{entry.GetProperty("op")}"];
        bool isModule = entry.GetProperty("args").TryGetProperty("in_channels", out _);
        foreach (JsonProperty argument in entry.GetProperty("args").EnumerateObject())
        {
            if (isModule && argument.Name is ("in_channels" or "out_channels" or "kernel_size" or "bias"))
                continue;
            typed.Add("--" + argument.Name.Replace('_', '-'));
            typed.Add(argument.Value.ValueKind == JsonValueKind.Array
                ? string.Join(",", argument.Value.EnumerateArray())
                : $"{argument.Value}");
        }

        return typed;
    }
}
