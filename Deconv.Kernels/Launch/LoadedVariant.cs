namespace Deconv.Kernels.Launch;

/// <summary>The kernels of a variant, compiled for one accelerator.</summary>
/// <param name="Convolve">Launches what <see cref="KernelVariant.Prepare"/> prepared.</param>
/// <param name="Pack">
/// Launches what <see cref="KernelVariant.PreparePacking"/> prepared; null for a variant that reads
/// weights as users give them.
/// </param>
internal sealed record LoadedVariant(KernelLauncher Convolve, KernelLauncher? Pack = null);
