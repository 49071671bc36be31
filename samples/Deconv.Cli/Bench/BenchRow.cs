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
    double? CallUs,
    double Gflops,
    double Gbs,
    long WorkspaceBytes,
    string? Peer,
    double? PeerMs,
    double? Ratio)
{
    /// <summary>The first columns hold names, the others figures.</summary>
    public const int NameColumns = 3;

    public static string[] Columns { get; } =
        ["shape", "accelerator", "variant", "ms", "pack ms", "call us", "GFLOP/s", "GB/s", "peer ms", "ratio"];

    [JsonIgnore]
    public string[] Cells =>
    [
        Name,
        Accelerator,
        Variant,
        Text(Ms),
        Text(PackMs),
        Text(CallUs),
        Text(Gflops),
        Text(Gbs),
        Text(PeerMs),
        Text(Ratio),
    ];

    /// <summary>
    /// The geometric mean of the ratios of each accelerator that has some, in the order of the rows.
    /// </summary>
    public static IEnumerable<(string Accelerator, double Mean)> MeanRatios(IEnumerable<BenchRow> rows) =>
        from row in rows
        where row.Ratio > 0
        group Math.Log(row.Ratio!.Value) by row.Accelerator into logarithms
        select (logarithms.Key, Math.Exp(logarithms.Average()));

    /// <summary>Three digits that count, or all before the point.</summary>
    public static string Text(double? value) => value?.ToString(
        value switch
        {
            >= 100 => "F0",
            >= 10 => "F1",
            >= 1 => "F2",
            _ => "G3",
        },
        CultureInfo.InvariantCulture) ?? "-";
}
