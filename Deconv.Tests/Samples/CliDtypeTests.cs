using System.Numerics;
using System.Numerics.Tensors;
using Deconv.Samples.Cli;
using Deconv.Tests.Support;

namespace Deconv.Tests.Samples;

/// <summary>The command line's types of elements: those of files, and --dtype.</summary>
[TestClass]
public sealed class CliDtypeTests
{
    public static IEnumerable<object[]> VerifyRows =>
        from dtype in Dtype.Reals
        where dtype != Dtype.Float32
        from goldens in new[] { "torch", "frontends" }
        from accelerator in TestAccelerators.Names
        select new object[] { dtype.Name, goldens, accelerator };

    [TestMethod]
    public void Run_computes_in_the_type_of_its_files()
    {
        AssertRuns(x => (float)x, "float32");
        AssertRuns(x => (double)x, "float64");
        AssertRuns(x => (Half)x, "float16");
        AssertRuns(x => (BFloat16)(float)x, "bfloat16", "--dtype", "bfloat16");
        AssertRuns(x => new Complex64(x, 0), "complex64", "--dtype", "complex64");
        AssertRuns(x => new Complex(x, 0), "complex128");
    }

    [TestMethod]
    public void Run_refuses_other_types_than_the_one_asked_for_or_of_the_input()
    {
        Tensor<float> single = HostTensor.Filled(1, 1, 1, 1, 1);
        var half = Tensor.Create([(Half)1], [1, 1, 1, 1]);
        var brain = Tensor.Create([(BFloat16)1f], [1, 1, 1, 1]);
        AssertRefused(
            "--weight is '{w}', but its elements are float16 and those of --input are float32: all must be of one type.",
            single,
            half);
        AssertRefused(
            "--input is '{x}', but its elements are float32, and --dtype is float16.",
            single,
            single,
            "--dtype",
            "float16");
        AssertRefused(
            "--input is '{x}', but its elements are uint16, which is taken for bfloat16 only with --dtype bfloat16.",
            brain,
            brain);
        AssertRefused(
            "--weight is '{w}', but its elements are float16, and --dtype is bfloat16.",
            brain,
            half,
            "--dtype",
            "bfloat16");
        AssertRefused(
            "--dtype is 'half', but it must be one of: "
            + "float32, float64, float16, bfloat16, complex64, complex128.",
            half,
            half,
            "--dtype",
            "half");
    }

    [TestMethod]
    public void Run_refuses_a_bias_of_another_type()
    {
        Tensor<float> one = HostTensor.Filled(1, 1, 1, 1, 1);
        using var run = new CliRun();
        string bias = run.Write("b.npy", Tensor.Create([1.0], [1]));

        CliResult result = Run(run, one, one, "--bias", bias);

        Assert.AreEqual(
            $"error: --bias is '{bias}', but its elements are float64 and those of --input are float32: "
            + "all must be of one type.\n",
            result.Error);
    }

    [TestMethod]
    [DynamicData(nameof(VerifyRows))]
    public void Goldens_are_rounded_once_to_a_real_type(string dtype, string goldens, string accelerator)
    {
        _ = TestAccelerators.Get(accelerator);

        CliResult result = CliRun.Invoke(
            "verify",
            "--cases",
            Path.Combine(AppContext.BaseDirectory, "Goldens", goldens),
            "--accelerator",
            accelerator,
            "--variant",
            "gather",
            "--dtype",
            dtype);

        Assert.AreEqual(0, result.Code, result.Output + result.Error);
        Assert.AreEqual($"{(goldens == "torch" ? 72 : 64)} passed, 0 failed, 0 skipped", result.LastLine);
    }

    [TestMethod]
    public void Verify_refuses_operands_that_the_type_cannot_hold()
    {
        using var run = new CliRun();
        using (System.IO.Compression.ZipArchive archive = System.IO.Compression.ZipFile.Open(
            run.At("a.npz"), System.IO.Compression.ZipArchiveMode.Create))
        {
            foreach (string name in new[] { "x", "w", "y" })
            {
                using Stream entry = archive.CreateEntry($"{name}.npy").Open();
                Npy.Write(entry, NpyArray.Of(HostTensor.Filled(name == "w" ? 257 : 1, 1, 1, 1, 1)));
            }
        }

        File.WriteAllText(run.At("index.json"), """[{ "name": "a" }]""");

        CliResult result = CliRun.Invoke(
            "verify", "--cases", run.Folder, "--accelerator", "cpu", "--dtype", "bfloat16");

        Assert.AreEqual(
            $"error: --cases is '{run.At("a.npz")}', but its array w.npy holds numbers that bfloat16 has not.\n",
            result.Error);
    }

    /// <summary>1 2 3 times 1 10, two apart, plus 100.</summary>
    private static void AssertRuns<T>(Func<int, T> number, string dtype, params string[] options)
        where T : unmanaged
    {
        using var run = new CliRun();
        CliResult result = Run(
            run,
            Tensor.Create<T>([number(1), number(2), number(3)], [1, 1, 1, 3]),
            Tensor.Create<T>([number(1), number(10)], [1, 1, 1, 2]),
            ["--stride", "1,2", "--bias", run.Write("b.npy", Tensor.Create<T>([number(100)], [1])), .. options]);

        Assert.AreEqual("", result.Error);
        Assert.Contains($"y.npy, [1, 1, 1, 6] {dtype}", result.Output);
        NpyArray y = Npy.ReadFile("y", run.At("y.npy"));
        BitAssert.AreEqual(
            [.. new[] { 101, 110, 102, 120, 103, 130 }.Select(number)], HostTensor.Values(y.As<T>()), dtype);
    }

    private static void AssertRefused<TInput, TWeight>(
        string line, Tensor<TInput> input, Tensor<TWeight> weight, params string[] options)
        where TInput : unmanaged
        where TWeight : unmanaged
    {
        using var run = new CliRun();

        CliResult result = Run(run, input, weight, options);

        Assert.AreEqual(2, result.Code);
        string expected = line
            .Replace("{x}", run.At("x.npy"), StringComparison.Ordinal)
            .Replace("{w}", run.At("w.npy"), StringComparison.Ordinal);
        Assert.AreEqual($"error: {expected}\n", result.Error);
        Assert.IsFalse(File.Exists(run.At("y.npy")));
    }

    private static CliResult Run<TInput, TWeight>(
        CliRun run, Tensor<TInput> input, Tensor<TWeight> weight, params string[] options)
        where TInput : unmanaged
        where TWeight : unmanaged => CliRun.Invoke(
        [
            "run", "--op", "torch.conv_transpose2d", "--accelerator", "cpu",
            "--input", run.Write("x.npy", input),
            "--weight", run.Write("w.npy", weight),
            "--output", run.At("y.npy"),
            .. options,
        ]);
}
