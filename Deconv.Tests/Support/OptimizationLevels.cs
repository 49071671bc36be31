using ILGPU;

namespace Deconv.Tests.Support;

/// <summary>
/// ILGPU's levels by the names that people use; their own text is Debug and Release for two of them.
/// </summary>
internal static class OptimizationLevels
{
    /// <summary>The one at which the library's own contexts compile for devices.</summary>
    public const string Own = "O1";

    public static string[] Names { get; } = ["O0", "O1", "O2"];

    /// <summary>The accelerators with the levels that tell: the CPU accelerator runs .NET's code at all of them.</summary>
    public static IEnumerable<(string Accelerator, string Level)> OfAccelerators =>
        from accelerator in TestAccelerators.Names
        from level in accelerator == "cpu" ? [Own] : Names
        select (accelerator, level);

    public static OptimizationLevel Parse(string name) => Enum.Parse<OptimizationLevel>(name);
}
