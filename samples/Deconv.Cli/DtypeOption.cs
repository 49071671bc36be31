using System.CommandLine;

namespace Deconv.Samples.Cli;

/// <summary>--dtype: the type of elements to compute with.</summary>
internal static class DtypeOption
{
    /// <summary>The only type so far.</summary>
    public const string Float32 = "float32";

    public static Option<string> Create() => new("--dtype")
    {
        Description = "The type of elements to compute with: float32, the only one so far.",
        HelpName = "name",
        DefaultValueFactory = _ => Float32,
    };

    /// <exception cref="UserErrorException">The type is another.</exception>
    public static string Require(string name) => name == Float32
        ? name
        : throw UserErrorException.Of("--dtype", name, $"it must be {Float32}");
}
