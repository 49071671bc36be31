using System.Collections.Immutable;

namespace Deconv.Samples.Cli;

/// <summary>Every operator there is; help, errors and verification enumerate these rows.</summary>
internal static class OperatorTable
{
    public static ImmutableArray<Operator> All { get; } =
    [
        TorchOperators.ConvTranspose2d,
        MindSporeOperators.Conv2DTranspose,
        MintOperators.ConvTranspose2d,
        MegEngineOperators.ConvTranspose2d,
    ];

    public static string Names => string.Join(", ", All.Select(op => op.Name));

    /// <exception cref="UserErrorException">There is no such operator.</exception>
    public static Operator Named(string name) =>
        All.FirstOrDefault(op => op.Name == name)
        ?? throw UserErrorException.Of("--op", name, $"it must be one of: {Names}");
}
