using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Samples.Cli.Bench;

/// <summary>The figures of shapes on targets, and what has none.</summary>
internal sealed class BenchTable(Dtype dtype, BenchMode mode, string peer)
{
    public List<BenchRow> Rows { get; } = [];

    /// <summary>Shapes that one variant of several does not take, with its reason.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Shapes that an accelerator failed at, or did not compute whole.</summary>
    public List<string> Failed { get; } = [];

    /// <summary>Times a shape on every target.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="isForced">Whether a variant that does not take the shape is an error.</param>
    /// <exception cref="UserErrorException">The shape is refused.</exception>
    public void Add(BenchShape shape, Targets targets, bool isForced)
    {
        foreach ((Target target, Engine engine) in targets.Present)
        {
            string row = $"{shape.Name} on {target.Accelerator} with {target.Variant}";
            try
            {
                Rows.Add(dtype.Accept(new Timed(shape, target, engine, mode, peer)));
            }
            catch (ArgumentException refusal) when (!isForced && refusal.ParamName == "variant")
            {
                Refused.Add($"{row}: {Wording.Of(refusal)}");
            }
            catch (ArgumentException refusal)
            {
                throw new UserErrorException(
                    $"--shapes has the shape {shape.Name}, which is refused: {Wording.Of(refusal)}", refusal);
            }
            catch (Exception failure) when (
                failure is AcceleratorException or InternalCompilerException or IncompleteResultException)
            {
                Failed.Add($"{row}: {Wording.OneLine(failure.Message)}");
            }
        }
    }

    /// <summary>One row, for elements of any type.</summary>
    private sealed class Timed(BenchShape shape, Target target, Engine shared, BenchMode mode, string peer)
        : IDtypeVisitor<BenchRow>
    {
        public BenchRow Visit<T>(Dtype<T> dtype)
            where T : unmanaged
        {
            bool isModule = mode == BenchMode.Module;
            var data = new BenchData(shape);
            using Engine engine = EngineOfOnePlan();
            using DeviceClock? clock = DeviceClock.Of(engine);

            // Made for both modes: it knows the plan and the size of the result.
            using var module = new ModuleRun<T>(engine, shape, data) { Clock = clock };
            using var functional = new FunctionalRun<T>(engine, shape, data);
            using var pack = PackRun<T>.Create(engine, module.Plan, data, clock);
            using Engine peerEngine = EngineOfOnePlan();
            using IBenchRun? other =
                peer != Peers.Float32 ? Peers.Create(peer, shape, data, module.Output.Lengths.ToArray(), isModule)
                : isModule ? new ModuleRun<float>(peerEngine, shape, data) { Clock = clock }
                : new FunctionalRun<float>(peerEngine, shape, data);
            IBenchRun ours = isModule ? module : functional;
            IBenchRun?[] runs = [ours, pack, other];
            Dictionary<IBenchRun, double> medians = Stopwatches.Medians(shape.Name, [.. runs.OfType<IBenchRun>()]);
            double ms = medians[ours];
            double? peerMs = other is null ? null : medians[other];

            double elements = data.Input.LongLength + data.Weight.LongLength + (double)module.Output.FlattenedLength;
            return new(
                shape.Name,
                target.Accelerator,
                module.Plan.Variant.Name,
                dtype.Name,
                mode.Name,
                ms,
                pack is null ? null : medians[pack],
                isModule ? module.CallMicroseconds() : null,
                Gflops: shape.UsefulFlops / ms / 1e6,
                Gbs: dtype.Size * elements / ms / 1e6,
                module.Plan.WorkspaceBytes,
                other is null ? null : peer,
                peerMs,
                peerMs / ms);
        }

        /// <summary>An engine that no other shape computes with, so that its one plan is what a row reports.</summary>
        private Engine EngineOfOnePlan() =>
            Engine.ForAccelerator(shared.Accelerator, shared.Stream, shared.Variant, shared.Tuner);
    }
}
