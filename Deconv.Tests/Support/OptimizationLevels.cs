using ILGPU;

namespace Deconv.Tests.Support;

/// <summary>
/// ILGPU's levels by the names that people use; their own text is Debug and Release for two of them.
/// </summary>
internal static class OptimizationLevels
{
    public static string[] Names { get; } = ["O0", "O1", "O2"];

    public static OptimizationLevel Parse(string name) => Enum.Parse<OptimizationLevel>(name);
}
