using System.Numerics.Tensors;
using System.Text;
using System.Text.Json;
using Deconv.Samples.Cli.Bench;
using Deconv.Tests.Support;

namespace Deconv.Tests.Samples;

/// <summary>deconv bench: what it times, writes and refuses; not how long anything takes.</summary>
[TestClass]
public sealed class CliBenchTests
{
    /// <summary>Two small shapes.</summary>
    public const string Shapes =
        """
        [
          {"name": "a", "n": 2, "ci": 3, "h": 4, "w": 5, "co": 2, "k": [3, 2], "s": [2, 1], "p": [1, 0], "op": [1, 0], "d": [1, 1], "g": 1},
          {"name": "b", "n": 1, "ci": 4, "h": 3, "w": 3, "co": 4, "k": [2, 2], "s": [3, 3], "p": [0, 0], "op": [0, 0], "d": [1, 1], "g": 2, "from": "nowhere"}
        ]
        """;

    public static IEnumerable<object[]> Rows => TestAccelerators.Cross(["module", "functional"]);

    public static IEnumerable<object[]> RefusalRows =>
    [
        ["--shapes is 'absent.json', but it cannot be read", Shapes, "--shapes", "absent.json"],
        ["it must be a JSON list", "{}"],
        ["it must be a JSON list", """[{"name": "a"}]"""],
        ["it must list a shape at least", "[]"],
        ["its shape b must have two numbers each", Shapes.Replace("[3, 3]", "[3]", StringComparison.Ordinal)],
        ["its shape b must have two numbers each", Shapes.Replace("\"g\": 2", "\"g\": 0", StringComparison.Ordinal)],
        ["the shape b, which is refused: inChannels is 4", Shapes.Replace("\"g\": 2", "\"g\": 3", StringComparison.Ordinal)],
        ["--mode is 'fast', but it must be module or functional", Shapes, "--mode", "fast"],
        ["--dtype is 'half', but it must be one of: float32, float64, float16, bfloat16", Shapes, "--dtype", "half"],
        ["--dtype is 'complex64', but it must be one of: float32, ", Shapes, "--dtype", "complex64"],
        ["--peer is 'torch', but it must be none, onnxruntime or float32", Shapes, "--peer", "torch"],
        ["--peer is 'onnxruntime', but this build is without it", Shapes, "--peer", "onnxruntime"],
        ["--variant is 'best', but it must be one of: ", Shapes, "--variant", "best"],
        ["--json is 'absent/b.json', but it cannot be written", Shapes, "--json", "absent/b.json"],
        ["--markdown is 'absent/b.md', but it cannot be written", Shapes, "--markdown", "absent/b.md"],
        ["--markdown is '.', but it cannot be written: it is a folder", Shapes, "--markdown", "."],
    ];

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Figures_of_each_shape_are_printed_and_written(string mode, string accelerator)
    {
        _ = TestAccelerators.Get(accelerator);
        using var run = new CliRun();
        CliResult result = CliRun.Invoke(
            "bench", "--shapes", run.Write("shapes.json", Encoding.UTF8.GetBytes(Shapes)),
            "--accelerator", accelerator, "--variant", "gather", "--mode", mode, "--json", run.At("b.json"));

        Assert.AreEqual(0, result.Code, result.Error);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(run.At("b.json")));
        JsonElement[] rows = [.. json.RootElement.EnumerateArray()];
        CollectionAssert.AreEqual(new[] { "a", "b" }, rows.Select(row => row.GetProperty("name").GetString()).ToArray());
        foreach (JsonElement row in rows)
        {
            CollectionAssert.AreEqual(
                new[]
                {
                    "name", "accelerator", "variant", "dtype", "mode", "ms", "pack_ms", "call_us", "gflops", "gbs",
                    "workspace_bytes", "peer", "peer_ms", "ratio",
                },
                row.EnumerateObject().Select(property => property.Name).ToArray());
            Assert.AreEqual(accelerator, row.GetProperty("accelerator").GetString());
            Assert.AreEqual("gather", row.GetProperty("variant").GetString());
            Assert.AreEqual(mode, row.GetProperty("mode").GetString());
            Assert.IsGreaterThan(0, row.GetProperty("ms").GetDouble());
            Assert.AreEqual(JsonValueKind.Null, row.GetProperty("pack_ms").ValueKind);
            Assert.AreEqual(
                mode == "module" && accelerator != "cpu" ? JsonValueKind.Number : JsonValueKind.Null,
                row.GetProperty("call_us").ValueKind);
            Assert.AreEqual(JsonValueKind.Null, row.GetProperty("ratio").ValueKind);
        }

        // 2 * n * h * w * ci * co / g * kh * kw floating-point operations in ms milliseconds.
        JsonElement first = rows[0];
        Assert.AreEqual(
            2 * 2 * 4 * 5 * 3 * 2 * 3 * 2 / 1e6,
            first.GetProperty("gflops").GetDouble() * first.GetProperty("ms").GetDouble(),
            1e-12);
        Assert.Contains("GFLOP/s", result.Output);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_type_can_be_timed_beside_float32(string mode, string accelerator)
    {
        _ = TestAccelerators.Get(accelerator);
        using var run = new CliRun();
        CliResult result = CliRun.Invoke(
            "bench", "--shapes", run.Write("shapes.json", Encoding.UTF8.GetBytes(Shapes)), "--accelerator", accelerator,
            "--mode", mode, "--dtype", "bfloat16", "--peer", "float32", "--json", run.At("b.json"));

        Assert.AreEqual(0, result.Code, result.Error);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(run.At("b.json")));
        foreach (JsonElement row in json.RootElement.EnumerateArray())
        {
            Assert.AreEqual("bfloat16", row.GetProperty("dtype").GetString());
            Assert.AreEqual("float32", row.GetProperty("peer").GetString());
            double ms = row.GetProperty("ms").GetDouble();
            Assert.AreEqual(row.GetProperty("peer_ms").GetDouble(), row.GetProperty("ratio").GetDouble() * ms, 1e-9);
        }

        Assert.Contains("geometric mean of the ratios", result.Output);
    }

    [TestMethod]
    public void Tuned_shapes_have_figures_with_the_variant_that_was_taken()
    {
        using var run = new CliRun();
        CliResult result = CliRun.Invoke(
            "bench", "--shapes", run.Write("shapes.json", Encoding.UTF8.GetBytes(Shapes)),
            "--accelerator", "cpu", "--tune", "--json", run.At("b.json"));

        Assert.AreEqual(0, result.Code, result.Error);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(run.At("b.json")));
        string[] variants = [.. json.RootElement.EnumerateArray().Select(row => row.GetProperty("variant").GetString()!)];
        Assert.HasCount(2, variants);
        foreach (string variant in variants)
            Assert.Contains(variant, Engine.Variants);
    }

    /// <summary>Columns further apart than panels may be: the variants with panels refuse it.</summary>
    [TestMethod]
    [DynamicData(nameof(TestAccelerators.Rows), typeof(TestAccelerators))]
    public void Of_all_variants_those_that_take_the_shape_have_figures(string accelerator)
    {
        Engine engine = TestAccelerators.Get(accelerator);
        const string Wide =
            """[{"name": "wide", "n": 1, "ci": 2, "h": 3, "w": 2, "co": 2, "k": [2, 2], "s": [1, 65], "p": [0, 0], "op": [0, 0], "d": [1, 1], "g": 1}]""";
        using var run = new CliRun();
        CliResult result = CliRun.Invoke(
            "bench", "--shapes", run.Write("shapes.json", Encoding.UTF8.GetBytes(Wide)),
            "--accelerator", accelerator, "--variant", "all", "--json", run.At("b.json"));

        Assert.AreEqual(0, result.Code, result.Error);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(run.At("b.json")));
        string[] timed = [.. json.RootElement.EnumerateArray().Select(row => row.GetProperty("variant").GetString()!)];
        Assert.Contains("direct", timed);
        Assert.Contains("gather", timed);
        Assert.DoesNotContain("panel", timed);
        Assert.Contains($"wide on {accelerator} with panel: --variant is 'panel', but ", result.Output);
        Assert.AreEqual(Engine.Variants.Count - timed.Length, result.Output.Split("not timed").Length - 1);
        Assert.AreEqual(engine.Kind == AcceleratorKind.Cpu, timed.Length == 2);
    }

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void Packing_is_timed_where_the_variant_packs(string mode, string accelerator)
    {
        _ = TestAccelerators.Get(accelerator);
        if (accelerator == "cuda")
            Assert.Inconclusive("No variant of a GPU's packs.");
        using var run = new CliRun();
        CliResult result = CliRun.Invoke(
            "bench", "--shapes", run.Write("shapes.json", Encoding.UTF8.GetBytes(Shapes)),
            "--accelerator", accelerator, "--variant", "panel", "--mode", mode, "--json", run.At("b.json"));

        Assert.AreEqual(0, result.Code, result.Error);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(run.At("b.json")));
        foreach (JsonElement row in json.RootElement.EnumerateArray())
            Assert.IsGreaterThan(0, row.GetProperty("pack_ms").GetDouble());
        Assert.Contains("pack ms", result.Output);
    }

    [TestMethod]
    public void A_packed_weight_that_is_timed_is_written_whole()
    {
        var shape = new BenchShape("odd", 1, 3, 4, 5, 5, [3, 2], [2, 1], [1, 0], [0, 0], [1, 1], 1);
        var data = new BenchData(shape);
        using Engine engine = Engine.ForAccelerator(TestAccelerators.Get("cpu").Accelerator, variant: "panel");
        using var module = new ModuleRun<float>(engine, shape, data);
        using PackRun<float> pack = PackRun<float>.Create(engine, module.Plan, data)!;

        pack.Poison();
        Assert.IsTrue(TensorPrimitives.IsNaNAll(pack.Result()));
        pack.Run();

        Assert.IsFalse(TensorPrimitives.IsNaNAny(pack.Result()));
        CollectionAssert.IsSubsetOf(data.Weight, pack.Result().ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(RefusalRows))]
    public void What_cannot_be_timed_is_refused_in_one_line(string message, string shapes, params string[] arguments)
    {
        using var run = new CliRun();
        string file = run.Write("shapes.json", Encoding.UTF8.GetBytes(shapes));
        string[] named = arguments.Contains("--shapes") ? [] : ["--shapes", file];

        CliResult result = CliRun.Invoke(["bench", "--accelerator", "cpu", .. named, .. arguments]);

        Assert.AreEqual(2, result.Code);
        Assert.Contains(message, result.Error);
        Assert.HasCount(1, result.Error.TrimEnd().Split('\n'));
    }

    [TestMethod]
    public void A_shape_that_comes_again_has_its_own_plan_again()
    {
        string[] shapes = Shapes.Trim().TrimStart('[').TrimEnd(']').Trim().Split("\n");
        string again = $"[{string.Join(",\n", shapes.Append(shapes[0]).Select(shape => shape.TrimEnd(',')))}]";
        using var run = new CliRun();
        CliResult result = CliRun.Invoke(
            "bench", "--shapes", run.Write("shapes.json", Encoding.UTF8.GetBytes(again)),
            "--accelerator", "cpu", "--json", run.At("b.json"));

        Assert.AreEqual(0, result.Code, result.Error);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(run.At("b.json")));
        long[] workspaces =
            [.. json.RootElement.EnumerateArray().Select(row => row.GetProperty("workspace_bytes").GetInt64())];
        Assert.HasCount(3, workspaces);
        Assert.AreNotEqual(workspaces[0], workspaces[1]);
        Assert.AreEqual(workspaces[0], workspaces[2]);
    }

    [TestMethod]
    public void A_run_that_leaves_its_result_unwritten_is_found()
    {
        var lazy = new LazyRun();

        IncompleteResultException error =
            Assert.ThrowsExactly<IncompleteResultException>(() => Stopwatches.Medians("lazy", [lazy]));

        Assert.Contains("lazy is not computed whole", error.Message);
    }

    [TestMethod]
    public void Runs_take_turns_and_change_places_from_round_to_round()
    {
        var turns = new List<string>();
        IBenchRun[] runs = [new LoggedRun("a", turns), new LoggedRun("b", turns), new LoggedRun("c", turns)];

        Dictionary<IBenchRun, double> medians = Stopwatches.Medians("logged", runs);

        CollectionAssert.AreEquivalent(runs, medians.Keys);

        // First each for a while, uncounted; then, with two turns of one run in a row told once:
        IEnumerable<string> changes = turns.Where((run, turn) => turn == 0 || run != turns[turn - 1]);
        Assert.AreEqual("a b c a b c b a b c b a", string.Join(' ', changes.Take(12)));
    }

    private sealed class LoggedRun(string name, List<string> turns) : IBenchRun
    {
        public void Poison()
        {
        }

        public void Run()
        {
            turns.Add(name);
            Thread.Sleep(1);
        }

        public ReadOnlySpan<float> Result() => default;

        public void Dispose()
        {
        }
    }

    private sealed class LazyRun : IBenchRun
    {
        private readonly float[] result = [1, 2, 3];

        public void Poison() => result.AsSpan().Fill(float.NaN);

        public void Run() => result[0] = 1;

        public ReadOnlySpan<float> Result() => result;

        public void Dispose()
        {
        }
    }
}
