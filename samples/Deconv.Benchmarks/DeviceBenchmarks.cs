using BenchmarkDotNet.Attributes;
using Deconv.Samples.Cli.Bench;

namespace Deconv.Samples.Benchmarks;

/// <summary>Operands and result on the accelerator; poisoned before each iteration.</summary>
[MemoryDiagnoser]
public class DeviceBenchmarks
{
    private Engine engine = null!;
    private IBenchRun run = null!;

    public static IEnumerable<DeviceCase> Cases => DeviceCase.All;

    [ParamsSource(nameof(Cases))]
    public DeviceCase Case { get; set; } = null!;

    [GlobalSetup(Target = nameof(Module))]
    public void SetUpModule()
    {
        engine = Case.CreateEngine();
        run = new ModuleRun<float>(engine, Case.Shape, new(Case.Shape));
    }

    [GlobalSetup(Target = nameof(Functional))]
    public void SetUpFunctional()
    {
        engine = Case.CreateEngine();
        run = new DeviceFunctionalRun(engine, Case.Shape, new(Case.Shape));
    }

    [IterationSetup]
    public void Poison() => run.Poison();

    /// <summary>The weight was packed before.</summary>
    [Benchmark]
    public void Module() => run.Run();

    /// <summary>The weight is packed in each call.</summary>
    [Benchmark]
    public void Functional() => run.Run();

    [IterationCleanup]
    public void RequireWhole() => run.RequireWhole(Case.ToString());

    [GlobalCleanup]
    public void CleanUp()
    {
        run.Dispose();
        engine.Dispose();
    }
}
