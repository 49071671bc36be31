using ILGPU;
using ILGPU.Runtime;

namespace Deconv.Runtime;

/// <summary>
/// A device that the machine has, or the reason why there is none of a kind.
/// </summary>
/// <param name="Kind">The kind of accelerator.</param>
/// <param name="Index">Its number among those of its kind; null where there is none.</param>
/// <param name="Name">The device's name; empty where there is none.</param>
/// <param name="Refusal">Why it cannot be used; null where it can.</param>
/// <param name="IsGpu">Whether automatic choice prefers it to the CPU.</param>
/// <param name="Create">Creates the accelerator.</param>
internal sealed record DeviceEntry(
    AcceleratorKind Kind,
    int? Index,
    string Name,
    string? Refusal,
    bool IsGpu,
    Func<Context, Accelerator>? Create)
{
    public static DeviceEntry None(AcceleratorKind kind, string reason) =>
        new(kind, null, "", reason, IsGpu: false, Create: null);
}
