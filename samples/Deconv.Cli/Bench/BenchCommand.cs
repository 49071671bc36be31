using System.CommandLine;
using System.Text;
using System.Text.Json;

namespace Deconv.Samples.Cli.Bench;

/// <summary>Times shapes on accelerators, beside a peer.</summary>
internal sealed class BenchCommand
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    private readonly Option<string> shapes = new("--shapes")
    {
        Description = "A JSON list of {name, n, ci, h, w, co, k, s, p, op, d, g}, as in samples/shapes.json.",
        HelpName = "file",
        Required = true,
    };

    private readonly Option<string?> accelerator = EngineOptions.Accelerator(
        "Where to compute: all (one of each kind that the machine has), auto, or cpu, opencl or cuda with an "
        + "optional index such as opencl:1. Default: as for run.");

    private readonly Option<string> variant = EngineOptions.Variant(
        "How to compute: auto for the best way, all (a variant has no figure of the shapes that it refuses), or one of "
        + $"{string.Join(", ", Engine.Variants)}.");

    private readonly Option<bool> tune = EngineOptions.Tune();

    private readonly Option<string> dtype = DtypeOption.ForAny();

    private readonly Option<string> mode = new("--mode")
    {
        Description = string.Join(
            ". ", new[] { BenchMode.Module, BenchMode.Functional }.Select(mode => $"{mode.Name}: {mode.Summary}")),
        HelpName = "name",
        DefaultValueFactory = _ => BenchMode.Module.Name,
    };

    private readonly Option<string> peer = new("--peer")
    {
        Description = "none, onnxruntime (its CPU provider, a thread per core, as its users have it; in builds "
            + "with -p:OnnxRuntimePeer=true) or float32 (the same with elements of this type, computed as --variant "
            + "says); ratio is its time over that with --dtype. ONNX Runtime's threads spin for a while after their "
            + "work, and are waited for before our turn.",
        HelpName = "name",
        DefaultValueFactory = _ => Peers.None,
    };

    private readonly Option<string?> json = new("--json")
    {
        Description = "A file to write the figures to, as a JSON array.",
        HelpName = "file",
    };

    private readonly Option<string?> markdown = new("--markdown")
    {
        Description = "A file to write the table to, as Markdown, below a list of what it depends on: the commit "
            + "that was built, the machine, the versions, precision and mode.",
        HelpName = "file",
    };

    private readonly Terminal terminal;

    private BenchCommand(Terminal terminal)
    {
        this.terminal = terminal;
    }

    public static Command Create(Terminal terminal)
    {
        var bench = new BenchCommand(terminal);
        var command = new Command(
            "bench",
            $"Times transposed convolutions on random data: {Stopwatches.Summary}. On CUDA, each call is "
            + $"{DeviceClock.Summary}.")
        {
            bench.shapes,
            bench.accelerator,
            bench.variant,
            bench.tune,
            bench.dtype,
            bench.mode,
            bench.peer,
            bench.json,
            bench.markdown,
        };
        command.SetAction(bench.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var timed = BenchMode.Named(parsed.GetRequiredValue(mode));
        Dtype type = DtypeOption.Real(parsed.GetRequiredValue(dtype));
        string peerName = parsed.GetRequiredValue(peer);
        Peers.Require(peerName, type);
        BenchShape[] list = BenchShape.Read(parsed.GetRequiredValue(shapes));
        using OutputFile? jsonFile = FileOf(json);
        using OutputFile? markdownFile = FileOf(markdown);
        using Autotuner? tuner = parsed.GetValue(tune) ? new() : null;
        string variantName = parsed.GetRequiredValue(variant);
        using var targets = new Targets(parsed.GetValue(accelerator), variantName, tuner);

        var table = new BenchTable(type, timed, peerName);
        terminal.WithProgress("timing", list, shape => table.Add(shape, targets, isForced: variantName != EngineOptions.All));
        terminal.Write(BenchRow.Columns, table.Rows.Select(row => row.Cells));
        foreach (string line in table.Refused)
            terminal.Report("not timed", line);
        foreach (string line in table.Failed)
            terminal.Report("FAILED", line);
        foreach ((string name, double mean) in BenchRow.MeanRatios(table.Rows))
            terminal.Report(name, $"geometric mean of the ratios {BenchRow.Text(mean)}");
        var report = new BenchReport(table.Rows)
        {
            Mode = timed,
            Dtype = type.Name,
            Peer = peerName,
            Accelerators =
            [
                .. targets.Present.Select(p => (p.Target.Accelerator, p.Engine.Accelerator.Name)).Distinct(),
            ],
        };
        jsonFile?.Write(stream => JsonSerializer.Serialize(stream, table.Rows, JsonOptions));
        markdownFile?.Write(stream => stream.Write(Encoding.UTF8.GetBytes(report.ToString())));
        return table.Failed.Count == 0 ? CommandLine.Success : CommandLine.VerificationFailed;

        OutputFile? FileOf(Option<string?> option) =>
            parsed.GetValue(option) is string path ? new OutputFile(option.Name, path) : null;
    }
}
