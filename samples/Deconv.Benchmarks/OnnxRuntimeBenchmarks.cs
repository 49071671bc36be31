using BenchmarkDotNet.Attributes;
using Deconv.Samples.Cli.Bench;

namespace Deconv.Samples.Benchmarks;

/// <summary>The peer on the same shapes and data, from and into host memory.</summary>
[MemoryDiagnoser]
public class OnnxRuntimeBenchmarks
{
    private IBenchRun run = null!;

    public static IEnumerable<string> Shapes => ShapeList.All.Select(shape => shape.Name);

    [ParamsSource(nameof(Shapes))]
    public string Shape { get; set; } = null!;

    [GlobalSetup(Target = nameof(Module))]
    public void SetUpModule() => SetUp(isModule: true);

    [GlobalSetup(Target = nameof(Functional))]
    public void SetUpFunctional() => SetUp(isModule: false);

    [IterationSetup]
    public void Poison() => run.Poison();

    /// <summary>The weight is a part of the model.</summary>
    [Benchmark]
    public void Module() => run.Run();

    /// <summary>The weight is an input.</summary>
    [Benchmark]
    public void Functional() => run.Run();

    [IterationCleanup]
    public void RequireWhole() => run.RequireWhole(Shape);

    [GlobalCleanup]
    public void CleanUp() => run.Dispose();

    private void SetUp(bool isModule)
    {
        BenchShape shape = ShapeList.All.Single(s => s.Name == Shape);
        nint[] lengths = ShapeList.CallOf(shape).OutputLengths.AsSpan().ToArray();
        run = new OnnxRuntimeRun(shape, new(shape), lengths, isModule);
    }
}
