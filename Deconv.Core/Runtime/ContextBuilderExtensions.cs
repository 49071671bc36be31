using Deconv.Kernels.Intrinsics;
using ILGPU;

namespace Deconv;

/// <summary>What a context has to be built with, for accelerators of the caller's own.</summary>
public static class ContextBuilderExtensions
{
    /// <summary>
    /// Makes known to the context the GPU instructions that this library's fastest kernels use. Engines over
    /// accelerators of other contexts compute the same with kernels that need none; those that
    /// <see cref="Engine.Create"/> makes know them.
    /// </summary>
    /// <param name="builder">The builder of the context.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static Context.Builder EnableDeconv(this Context.Builder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        HardwareContexts.Teach(builder);
        return builder;
    }
}
