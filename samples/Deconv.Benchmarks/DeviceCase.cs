using Deconv.Geometry;
using Deconv.Planning;
using Deconv.Runtime;
using Deconv.Samples.Cli;
using Deconv.Samples.Cli.Bench;

namespace Deconv.Samples.Benchmarks;

/// <summary>A shape with an accelerator that the machine has and a variant that takes it there.</summary>
public sealed class DeviceCase
{
    private static readonly Targets Targets = new(EngineOptions.All, EngineOptions.All);

    private readonly Engine shared;
    private readonly string accelerator;

    private DeviceCase(BenchShape shape, string accelerator, Engine shared)
    {
        Shape = shape;
        this.accelerator = accelerator;
        this.shared = shared;
    }

    public static IReadOnlyList<DeviceCase> All { get; } =
    [
        .. from shape in ShapeList.All
           from present in Targets.Present
           where Takes(present.Engine, shape)
           select new DeviceCase(shape, present.Target.Accelerator, present.Engine),
    ];

    internal BenchShape Shape { get; }

    /// <summary>An engine that computes nothing else, on the accelerator that all share.</summary>
    public Engine CreateEngine() => Engine.ForAccelerator(shared.Accelerator, shared.Stream, shared.Variant);

    public override string ToString() => $"{Shape.Name}, {accelerator}, {shared.Variant}";

    private static bool Takes(Engine engine, BenchShape shape)
    {
        var geometry = new ConvTransposeGeometry(ShapeList.CallOf(shape).Spec);
        return Planner.Plan(geometry, DeviceDescription.LimitsOf(engine.Accelerator)).Comparison.Choices
            .Any(choice => choice.Variant.Name == engine.Variant && choice.Refusal is null);
    }
}
