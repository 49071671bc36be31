using Deconv.Kernels.Launch;

namespace Deconv.Kernels.Direct;

/// <summary>A launch of the kernel whose blocks have <paramref name="MostUnits"/> units.</summary>
internal sealed record DirectLaunch(int MostUnits, DirectParams Parameters) : KernelLaunch;
