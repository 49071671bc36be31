using Deconv.Kernels.Problem;
using ILGPU.Runtime;

namespace Deconv.Kernels.Launch;

/// <summary>
/// The kernels of one accelerator, each compiled at its first use. Not thread-safe: the owner
/// of the accelerator's lock calls it.
/// </summary>
internal sealed class LauncherCache(Accelerator accelerator)
{
    /// <summary>By the names of variants for types of elements: the runtime has code for dictionaries of objects.</summary>
    private readonly Dictionary<string, LoadedVariant> loaded = [];

    public LoadedVariant Get(KernelVariant variant, ElementType element)
    {
        string name = element.NameOf(variant.Name);
        if (!loaded.TryGetValue(name, out LoadedVariant? kernels))
        {
            kernels = variant.Load(accelerator, element);
            loaded.Add(name, kernels);
        }

        return kernels;
    }
}
