using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Deconv.Tuning;

/// <summary>All that a tuner's file holds.</summary>
internal sealed record TuningDocument(string Format, ImmutableArray<TuningEntry?> Entries);

/// <summary>Reads and writes files without reflection; what is missing or unknown is refused.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(TuningDocument))]
internal sealed partial class TuningJson : JsonSerializerContext;
