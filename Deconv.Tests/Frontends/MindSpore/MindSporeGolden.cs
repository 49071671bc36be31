using System.Numerics.Tensors;
using System.Text.Json;
using Deconv.Tests.Support;

namespace Deconv.Tests.Frontends.MindSpore;

/// <summary>A case of Goldens/frontends: the arguments under MindSpore's names.</summary>
internal sealed record MindSporeGolden(string Name, string Op, JsonElement Args)
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Goldens", "frontends");

    public static MindSporeGolden[] OfOperator(string op) =>
    [
        .. JsonSerializer.Deserialize<MindSporeGolden[]>(
            File.ReadAllText(Path.Combine(Folder, "index.json")), JsonOptions)!
            .Where(golden => golden.Op == op),
    ];

    /// <summary>The arrays x, w and y, and b where there is a bias.</summary>
    public Dictionary<string, Tensor<float>> ReadTensors() =>
        NumPy.ReadArchive<float>(Path.Combine(Folder, $"{Name}.npz")).ToDictionary(
            array => array.Key,
            array => HostTensor.Of(
                array.Value.Values, [.. array.Value.Lengths.Select(length => (nint)length)]));

    public int Int(string argument) => Args.GetProperty(argument).GetInt32();

    public string String(string argument) => Args.GetProperty(argument).GetString()!;

    public int[] Ints(string argument) =>
        [.. Args.GetProperty(argument).EnumerateArray().Select(number => number.GetInt32())];

    public PerAxis<int> Pair(string argument) => (Ints(argument)[0], Ints(argument)[1]);
}
