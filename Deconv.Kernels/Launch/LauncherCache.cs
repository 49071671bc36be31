using ILGPU.Runtime;

namespace Deconv.Kernels.Launch;

/// <summary>
/// The kernels of one accelerator, each compiled at its first use. Not thread-safe: the owner
/// of the accelerator's lock calls it.
/// </summary>
internal sealed class LauncherCache(Accelerator accelerator)
{
    private readonly Dictionary<KernelVariant, LoadedVariant> loaded = [];

    public LoadedVariant Get(KernelVariant variant)
    {
        if (!loaded.TryGetValue(variant, out LoadedVariant? kernels))
        {
            kernels = variant.Load(accelerator);
            loaded.Add(variant, kernels);
        }

        return kernels;
    }
}
