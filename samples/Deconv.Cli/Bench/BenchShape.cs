using System.Text.Json;

namespace Deconv.Samples.Cli.Bench;

/// <summary>
/// A transposed convolution to be timed, in the words of the shapes file: batch, channels, lengths,
/// then (height, width) of kernel, stride, padding, output padding and dilation, and the groups.
/// </summary>
internal sealed record BenchShape(
    string Name, int N, int Ci, int H, int W, int Co, int[] K, int[] S, int[] P, int[] Op, int[] D, int G)
{
    private const string Argument = "--shapes";

    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public nint[] InputLengths => [N, Ci, H, W];

    public nint[] WeightLengths => [Ci, Co / G, K[0], K[1]];

    /// <summary>Each input element meets each kernel element once: a product and a sum.</summary>
    public double UsefulFlops => 2.0 * N * H * W * Ci * (Co / G) * K[0] * K[1];

    /// <exception cref="UserErrorException">The file is not a list of shapes.</exception>
    public static BenchShape[] Read(string path)
    {
        try
        {
            BenchShape[]? shapes = JsonSerializer.Deserialize<BenchShape[]>(File.ReadAllBytes(path), JsonOptions);
            if (shapes is not { Length: > 0 })
                throw UserErrorException.Of(Argument, path, "it must list a shape at least");
            return Array.Find(shapes, shape => !shape.IsWhole) is { } broken
                ? throw UserErrorException.Of(
                    Argument,
                    path,
                    $"its shape {broken.Name} must have two numbers each of k, s, p, op and d, and a g of at least 1")
                : shapes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw UserErrorException.Of(
                Argument, path, $"it cannot be read: {exception.Message.TrimEnd('.')}", exception);
        }
        catch (JsonException exception)
        {
            throw UserErrorException.Of(
                Argument,
                path,
                "it must be a JSON list of {name, n, ci, h, w, co, k, s, p, op, d, g}: "
                + exception.Message.TrimEnd('.'),
                exception);
        }
    }

    public static PerAxis<int> Pair(int[] values) => (values[0], values[1]);

    /// <summary>What the library cannot check, because it never sees it.</summary>
    private bool IsWhole => G >= 1 && new[] { K, S, P, Op, D }.All(pair => pair.Length == 2);
}
