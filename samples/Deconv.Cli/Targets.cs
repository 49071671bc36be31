using Deconv.Runtime;

namespace Deconv.Samples.Cli;

/// <summary>An accelerator and a variant to compute cases with, by the names that reports use.</summary>
internal sealed record Target(string Accelerator, string Variant);

/// <summary>Everything that cases are to be computed with, and the engines for it.</summary>
internal sealed class Targets : IDisposable
{
    private readonly Stack<Engine> engines = [];
    private readonly string[] variants;
    private readonly Autotuner? tuner;

    /// <exception cref="UserErrorException">An accelerator that was named is not there.</exception>
    public Targets(string? accelerator, string variant, Autotuner? tuner = null)
    {
        this.tuner = tuner;
        variants = variant == EngineOptions.All ? [.. Engine.Variants] : [variant];
        try
        {
            if (accelerator == EngineOptions.All)
            {
                foreach (AcceleratorKind kind in Enum.GetValues<AcceleratorKind>().Reverse())
                    AddIfThere(AcceleratorChoice.Text(kind, null));
            }
            else
            {
                Engine engine = EngineOptions.Create(accelerator, null);
                AcceleratorCandidate chosen = engine.Candidates.Single(c => c.IsChosen);
                bool hasIndex = accelerator?.Contains(':', StringComparison.Ordinal) == true;
                Add(AcceleratorChoice.Text(chosen.Kind, hasIndex ? chosen.Index : null), engine);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public List<(Target Target, Engine Engine)> Present { get; } = [];

    /// <summary>What was asked for by all, and the machine lacks.</summary>
    public List<(Target Target, string Reason)> Missing { get; } = [];

    public void Dispose()
    {
        while (engines.TryPop(out Engine? engine))
            engine.Dispose();
    }

    private void AddIfThere(string accelerator)
    {
        try
        {
            Add(accelerator, Engine.Create(accelerator));
        }
        catch (AcceleratorUnavailableException exception)
        {
            string reason = exception.Candidates[0].Reason;
            Missing.AddRange(variants.Select(variant => (new Target(accelerator, variant), reason)));
        }
    }

    /// <summary>One accelerator for all variants: each has an engine over it.</summary>
    private void Add(string accelerator, Engine owner)
    {
        engines.Push(owner);
        foreach (string variant in variants)
        {
            Engine engine = Engine.ForAccelerator(
                owner.Accelerator, owner.Stream, EngineOptions.VariantName(variant), tuner);
            engines.Push(engine);
            Present.Add((new(accelerator, variant), engine));
        }
    }
}
