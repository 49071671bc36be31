using Deconv.Runtime;

namespace Deconv.Samples.Cli;

/// <summary>An accelerator and a variant to compute cases with, by the names that reports use.</summary>
internal sealed record VerifyTarget(string Accelerator, string Variant);

/// <summary>Everything that cases are to be computed with, and the engines for it.</summary>
internal sealed class VerifyTargets : IDisposable
{
    private readonly Stack<Engine> engines = [];
    private readonly string[] variants;

    /// <exception cref="UserErrorException">An accelerator that was named is not there.</exception>
    public VerifyTargets(string? accelerator, string variant)
    {
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

    public List<(VerifyTarget Target, Engine Engine)> Present { get; } = [];

    /// <summary>What was asked for by all, and the machine lacks.</summary>
    public List<(VerifyTarget Target, string Reason)> Missing { get; } = [];

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
            Missing.AddRange(variants.Select(variant => (new VerifyTarget(accelerator, variant), reason)));
        }
    }

    /// <summary>One accelerator for all variants: each has an engine over it.</summary>
    private void Add(string accelerator, Engine owner)
    {
        engines.Push(owner);
        foreach (string variant in variants)
        {
            Engine engine = Engine.ForAccelerator(
                owner.Accelerator, owner.Stream, EngineOptions.VariantName(variant));
            engines.Push(engine);
            Present.Add((new(accelerator, variant), engine));
        }
    }
}
