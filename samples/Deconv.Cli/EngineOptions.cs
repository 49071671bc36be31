using System.CommandLine;
using Deconv.Runtime;

namespace Deconv.Samples.Cli;

/// <summary>--accelerator, --variant and --tune, and the engine that they ask for.</summary>
internal static class EngineOptions
{
    public const string Auto = "auto";
    public const string All = "all";

    public static Option<string?> Accelerator(string description) => new("--accelerator")
    {
        Description = description,
        HelpName = "name",
    };

    public static Option<string> Variant(string description) => new("--variant")
    {
        Description = description,
        HelpName = "name",
        DefaultValueFactory = _ => Auto,
    };

    public static Option<bool> Tune() => new("--tune")
    {
        Description = "Where --variant is auto, time the variants that are estimated to be fastest, "
            + "and compute with the fastest.",
    };

    /// <summary>What the engine takes for a --variant.</summary>
    public static string? VariantName(string text) => text == Auto ? null : text;

    /// <exception cref="UserErrorException">The machine has no such accelerator.</exception>
    public static Engine Create(string? accelerator, string? variant, Autotuner? tuner = null)
    {
        try
        {
            return Engine.Create(accelerator, variant, tuner);
        }
        catch (AcceleratorUnavailableException exception)
        {
            throw UserErrorException.Of(
                accelerator is null ? AcceleratorChoice.EnvironmentVariable : "--accelerator",
                accelerator ?? Environment.GetEnvironmentVariable(AcceleratorChoice.EnvironmentVariable)!,
                $"this machine has no such accelerator; found: {string.Join("; ", exception.Candidates)}",
                exception);
        }
    }
}
