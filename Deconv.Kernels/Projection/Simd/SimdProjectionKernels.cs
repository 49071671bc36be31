using System.Numerics;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Simd;
using ILGPU.Runtime;

namespace Deconv.Kernels.Projection.Simd;

/// <summary>The kernels of a <see cref="SimdProjectionVariant"/> for elements of one type.</summary>
internal abstract class SimdProjectionKernels
{
    /// <summary>Lanes of a block of output channels.</summary>
    public abstract int BlockWidth { get; }

    /// <summary>Lanes of a vector.</summary>
    public abstract int VectorWidth { get; }

    /// <summary>Bytes of a number in packed weights, samples and sums.</summary>
    public abstract int NumberSize { get; }

    public abstract LoadedVariant Load(Accelerator accelerator);
}

/// <summary>The kernels in one kind of vectors.</summary>
internal sealed class SimdProjectionKernels<TFormat, TStorage, TSum, TSimd, TVector> : SimdProjectionKernels
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
{
    public override int BlockWidth => SimdLanes<TSimd, TVector, TSum>.BlockWidth();

    public override int VectorWidth => TSimd.Count;

    public override int NumberSize => Unsafe.SizeOf<TSum>();

    public override LoadedVariant Load(Accelerator accelerator) =>
        new(CpuLauncher.Of(accelerator, Project), CpuLauncher.Of(accelerator, Pack));

    private static void Project(KernelLaunch launch, in LaunchMemory memory, in KernelOperands operands) =>
        SimdProjectionKernel<TFormat, TStorage, TSum, TSimd, TVector>.Run(
            operands.Input.Cast<TStorage>(),
            operands.Weight.Cast<TSum>(),
            operands.Bias.Cast<TStorage>(),
            operands.Output.Cast<TStorage>(),
            memory.Scratch.Cast<TSum>(),
            memory.Counter,
            memory.FirstCount,
            ((KernelLaunch<SimdProjectionParams>)launch).Parameters);

    private static void Pack(KernelLaunch launch, in LaunchMemory memory, in KernelOperands operands) =>
        SimdProjectionPackKernel<TFormat, TStorage, TSum, TSimd, TVector>.Run(
            operands.Input.Cast<TStorage>(),
            operands.Output.Cast<TSum>(),
            ((KernelLaunch<SimdProjectionPackParams>)launch).Parameters);
}

/// <summary>The kernels for vectors of one length: of floats and of doubles.</summary>
internal static class SimdProjection<TSimd, TVector, TDoubleSimd, TDoubleVector>
    where TSimd : struct, ISimd<TVector, float>
    where TVector : struct
    where TDoubleSimd : struct, ISimd<TDoubleVector, double>
    where TDoubleVector : struct
{
    /// <summary>Null for complex numbers, whose parts would have to be vectors apart.</summary>
    public static SimdProjectionKernels? KernelsOf(ElementType element) => element switch
    {
        ElementType.Float32 => new SimdProjectionKernels<Float32Format, float, float, TSimd, TVector>(),
        ElementType.Float64 => new SimdProjectionKernels<Float64Format, double, double, TDoubleSimd, TDoubleVector>(),
        ElementType.Float16 => new SimdProjectionKernels<SixteenBitFormat<HalfBits>, ushort, float, TSimd, TVector>(),
        ElementType.BrainFloat16 => new SimdProjectionKernels<SixteenBitFormat<BrainBits>, ushort, float, TSimd, TVector>(),
        _ => null,
    };
}
