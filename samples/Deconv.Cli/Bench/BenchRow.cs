using System.Globalization;
using System.Text.Json.Serialization;

namespace Deconv.Samples.Cli.Bench;

/// <summary>The figures of one shape on one accelerator; as JSON, in snake case.</summary>
internal sealed record BenchRow(
    string Name,
    string Accelerator,
    string Variant,
    string Dtype,
    string Mode,
    double Ms,
    double? PackMs,
    double Gflops,
    double Gbs,
    long WorkspaceBytes,
    string? Peer,
    double? PeerMs,
    double? Ratio)
{
    public static string[] Columns { get; } =
        ["shape", "accelerator", "variant", "ms", "pack ms", "GFLOP/s", "GB/s", "peer ms", "ratio"];

    [JsonIgnore]
    public string[] Cells =>
    [
        Name,
        Accelerator,
        Variant,
        Text(Ms),
        Text(PackMs),
        Text(Gflops),
        Text(Gbs),
        Text(PeerMs),
        Text(Ratio),
    ];

    public static string Text(double? value) =>
        value?.ToString(value < 10 ? "F3" : "F1", CultureInfo.InvariantCulture) ?? "-";
}
