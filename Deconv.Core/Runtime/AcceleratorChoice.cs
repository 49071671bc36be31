using System.Globalization;
using Deconv.Geometry;

namespace Deconv.Runtime;

/// <summary>
/// What a caller asks for: <c>auto</c>, or a kind with an optional index. <see cref="Kind"/> is
/// null for <c>auto</c>; <see cref="Index"/> is null for the first usable one of the kind.
/// </summary>
internal readonly record struct AcceleratorChoice(AcceleratorKind? Kind, int? Index)
{
    /// <summary>Decides for callers who do not.</summary>
    public const string EnvironmentVariable = "DECONV_ACCELERATOR";

    private const string Rule =
        "it must be auto, or cuda, opencl or cpu with an optional index such as opencl:1";

    /// <summary>The argument, else the environment variable, else automatic.</summary>
    public static AcceleratorChoice Resolve(string? argument)
    {
        if (argument is not null)
            return Parse("accelerator", argument);
        string? variable = Environment.GetEnvironmentVariable(EnvironmentVariable);
        return string.IsNullOrWhiteSpace(variable)
            ? default
            : Parse(EnvironmentVariable, variable);
    }

    public static string Text(AcceleratorKind kind, int? index)
    {
        string name = kind switch
        {
            AcceleratorKind.Cuda => "cuda",
            AcceleratorKind.OpenCL => "opencl",
            _ => "cpu",
        };
        return index is null ? name : $"{name}:{index}";
    }

    public override string ToString() => Kind is null ? "auto" : Text(Kind.Value, Index);

    private static AcceleratorChoice Parse(string source, string text)
    {
        string trimmed = text.Trim();
        if (trimmed.Equals("auto", StringComparison.OrdinalIgnoreCase))
            return default;

        string[] parts = trimmed.Split(':');
        int? index = null;
        if (parts.Length == 2
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            index = number;
        }

        if (parts.Length == 1 || index is not null)
        {
            foreach (AcceleratorKind kind in Enum.GetValues<AcceleratorKind>())
            {
                if (Text(kind, null).Equals(parts[0], StringComparison.OrdinalIgnoreCase))
                    return new(kind, index);
            }
        }

        Refusal.Throw(source, $"'{text}'", Rule);
        return default;
    }
}
