using Deconv.Runtime;

namespace Deconv;

/// <summary>One accelerator that was looked at, and what became of it.</summary>
/// <param name="Kind">The kind of accelerator.</param>
/// <param name="Index">
/// Its number among those of its kind, as in <c>opencl:1</c>; null where none of the kind was found.
/// </param>
/// <param name="Name">The device's name; empty where none of the kind was found.</param>
/// <param name="IsChosen">Whether the engine runs on it.</param>
/// <param name="Reason">Why it was chosen, passed over or refused.</param>
public sealed record AcceleratorCandidate(
    AcceleratorKind Kind,
    int? Index,
    string Name,
    bool IsChosen,
    string Reason)
{
    /// <summary>One line: <c>kind[:index] [name]: reason</c>.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        $"{AcceleratorChoice.Text(Kind, Index)}{(Name.Length > 0 ? $" ({Name})" : "")}: {Reason}";
}
