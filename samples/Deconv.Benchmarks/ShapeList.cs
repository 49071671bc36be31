using Deconv.Frontends.Torch;
using Deconv.Operators;
using Deconv.Samples.Cli.Bench;

namespace Deconv.Samples.Benchmarks;

/// <summary>The shapes of known networks, and the calls that they are.</summary>
internal static class ShapeList
{
    public static BenchShape[] All { get; } = BenchShape.Read(Path.Combine(AppContext.BaseDirectory, "shapes.json"));

    public static ConvTransposeCall CallOf(BenchShape shape) => ConvTranspose2dRules.Translate(
        shape.InputLengths,
        shape.WeightLengths,
        hasBias: false,
        default,
        new(
            BenchShape.Pair(shape.S),
            BenchShape.Pair(shape.P),
            BenchShape.Pair(shape.Op),
            shape.G,
            BenchShape.Pair(shape.D)));
}
