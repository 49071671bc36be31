using ILGPU.Runtime;

namespace Deconv.Kernels.Launch;

/// <summary>
/// The launchers of one accelerator, each compiled at its first use. Not thread-safe: the owner
/// of the accelerator's lock calls it.
/// </summary>
internal sealed class LauncherCache(Accelerator accelerator)
{
    private readonly Dictionary<KernelVariant, KernelLauncher> launchers = [];

    public KernelLauncher Get(KernelVariant variant)
    {
        if (!launchers.TryGetValue(variant, out KernelLauncher? launcher))
        {
            launcher = variant.Load(accelerator);
            launchers.Add(variant, launcher);
        }

        return launcher;
    }
}
