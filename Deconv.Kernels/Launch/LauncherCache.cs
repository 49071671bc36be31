using Deconv.Kernels.Problem;
using ILGPU.Runtime;

namespace Deconv.Kernels.Launch;

/// <summary>
/// The kernels of one accelerator, each compiled at its first use. Not thread-safe: the owner
/// of the accelerator's lock calls it.
/// </summary>
internal sealed class LauncherCache(Accelerator accelerator)
{
    private readonly Dictionary<(KernelVariant Variant, ElementType Element), LoadedVariant> loaded = [];

    public LoadedVariant Get(KernelVariant variant, ElementType element)
    {
        if (!loaded.TryGetValue((variant, element), out LoadedVariant? kernels))
        {
            kernels = variant.Load(accelerator, element);
            loaded.Add((variant, element), kernels);
        }

        return kernels;
    }
}
