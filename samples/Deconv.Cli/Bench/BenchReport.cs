using System.Globalization;
using System.Text;
using Deconv.Runtime;
using ILGPU;

namespace Deconv.Samples.Cli.Bench;

/// <summary>Figures as Markdown: how and where they were taken, then their table.</summary>
internal sealed class BenchReport(IReadOnlyList<BenchRow> rows)
{
    public required BenchMode Mode { get; init; }

    public required string Dtype { get; init; }

    public required string Peer { get; init; }

    /// <summary>The accelerators that the rows name, with their devices.</summary>
    public required IReadOnlyList<(string Name, string Device)> Accelerators { get; init; }

    public override string ToString()
    {
        var text = new StringBuilder();
        (string version, string? commit) = BenchMachine.VersionOf(typeof(Engine));
        Fact("commit", $"{commit ?? "unknown"}, Deconv {version}");
        Fact("date", DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Fact("processor", $"{BenchMachine.Processor}, {Environment.ProcessorCount} threads");
        Fact("system", BenchMachine.System);
        Fact("runtime", $".NET {Environment.Version}, ILGPU {BenchMachine.VersionOf(typeof(Context)).Version}");
        Fact("peer", Peers.Describe(Peer));
        Fact("precision", Dtype);
        Fact("mode", $"{Mode.Name} ({Mode.Summary})");
        Fact("figures", $"{Stopwatches.Summary}; ratio is the peer's time over ours");
        foreach ((string name, string device) in Accelerators)
            Fact($"accelerator {name}", IsTimedByDevice(name) ? $"{device}, {DeviceClock.Summary}" : device);
        foreach ((string accelerator, double mean) in BenchRow.MeanRatios(rows))
            Fact($"geometric mean of the ratios on {accelerator}", BenchRow.Text(mean));
        text.Append('\n');
        Line(BenchRow.Columns);
        Line(BenchRow.Columns.Select((_, column) => column < BenchRow.NameColumns ? "---" : "---:"));
        foreach (BenchRow row in rows)
            Line(row.Cells.Select(Escape));
        return text.ToString();

        void Fact(string name, string value) => text.Append($"- {name}: {value}\n");
        void Line(IEnumerable<string> cells) => text.Append($"| {string.Join(" | ", cells)} |\n");
    }

    private static bool IsTimedByDevice(string accelerator) =>
        AcceleratorChoice.Resolve(accelerator).Kind == AcceleratorKind.Cuda;

    /// <summary>A cell ends at a bar or at the end of the line.</summary>
    private static string Escape(string cell) => Wording.OneLine(cell).Replace("|", "\\|", StringComparison.Ordinal);
}
