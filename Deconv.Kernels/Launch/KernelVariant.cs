using System.Collections.Immutable;
using Deconv.Kernels.Problem;
using ILGPU.Runtime;

namespace Deconv.Kernels.Launch;

/// <summary>One named way to compute a transposed convolution.</summary>
internal abstract class KernelVariant
{
    /// <summary>The name by which the variant is forced and reported.</summary>
    public abstract string Name { get; }

    /// <summary>What the variant does, and for which problems, in a line for users.</summary>
    public abstract string Summary { get; }

    /// <summary>The kernels that compile for devices; none where only the CPU accelerator runs them.</summary>
    public abstract ImmutableArray<KernelEntry> EntryPoints { get; }

    /// <summary>
    /// Whether its results are the same bits from run to run, and those of a sample the same in every
    /// batch, on one device.
    /// </summary>
    public virtual bool IsDeterministic => true;

    /// <summary>Whether it waits to be named, since it was never measured beside others.</summary>
    public virtual bool IsForNamedCalls => false;

    /// <summary>Whether it rounds the factors of products to TensorFloat32.</summary>
    public virtual bool UsesTensorFloat32 => false;

    /// <summary>Why the variant cannot solve a problem on a device; null where it can.</summary>
    public abstract string? Refuse(KernelProblem problem, DeviceLimits device);

    /// <summary>
    /// About how many nanoseconds a problem that was not refused takes on a device: products over
    /// the rate at which the variant computes them there, and what each output costs besides. The
    /// rates are rough, since they only have to put variants in order.
    /// </summary>
    public abstract double Estimate(KernelProblem problem, DeviceLimits device);

    /// <summary>Decides the launch of a problem that was not refused and has outputs.</summary>
    public abstract KernelLaunch Prepare(KernelProblem problem, DeviceLimits device);

    /// <summary>
    /// How the variant packs a weight; null where it reads it as users give it, as by default.
    /// </summary>
    public virtual WeightPacking? PreparePacking(WeightProblem weight, DeviceLimits device) => null;

    /// <summary>
    /// Compiles the kernels of problems with elements of a type, which was not refused, for an
    /// accelerator. Call through <see cref="LauncherCache"/>.
    /// </summary>
    public abstract LoadedVariant Load(Accelerator accelerator, ElementType element);

    /// <summary>
    /// Compiles what a first call on the CPU accelerator, with elements of a type that is not refused, would wait
    /// for; by default nothing.
    /// </summary>
    public virtual void CompileAhead(ElementType element)
    {
    }

    public sealed override string ToString() => Name;
}
