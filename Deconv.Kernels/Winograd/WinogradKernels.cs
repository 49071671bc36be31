using System.Numerics;
using System.Runtime.CompilerServices;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Simd;
using ILGPU.Runtime;

namespace Deconv.Kernels.Winograd;

/// <summary>The kernels of a <see cref="WinogradVariant"/> for elements of one type.</summary>
internal abstract class WinogradKernels
{
    /// <summary>Lanes of a vector of numbers.</summary>
    public abstract int VectorWidth { get; }

    /// <summary>Bytes of a number in packed weights, panels and sums.</summary>
    public abstract int NumberSize { get; }

    /// <summary>Bytes of an element.</summary>
    public abstract int ElementSize { get; }

    public abstract LoadedVariant Load(Accelerator accelerator);
}

/// <summary>The kernels in one kind of vectors.</summary>
internal sealed class WinogradKernels<TFormat, TStorage, TSum, TSimd, TVector> : WinogradKernels
    where TFormat : struct, IRealFormat<TStorage, TSum>
    where TStorage : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
    where TSimd : struct, ISimd<TVector, TSum>
    where TVector : struct
{
    public override int VectorWidth => TSimd.Count;

    public override int NumberSize => Unsafe.SizeOf<TSum>();

    public override int ElementSize => Unsafe.SizeOf<TStorage>();

    public override LoadedVariant Load(Accelerator accelerator) =>
        new(CpuLauncher.Of(accelerator, Convolve), CpuLauncher.Of(accelerator, Pack));

    private static void Convolve(KernelLaunch launch, in LaunchMemory memory, in KernelOperands operands) =>
        WinogradKernel<TFormat, TStorage, TSum, TSimd, TVector>.Run(
            operands.Input.Cast<TStorage>(),
            operands.Weight.Cast<TSum>(),
            operands.Bias.Cast<TStorage>(),
            operands.Output.Cast<TStorage>(),
            memory.Scratch.Cast<TSum>(),
            launch.Table.View<WinogradPhase>(memory.Table, 0),
            launch.Table.View<WinogradPhase>(memory.Table, 1),
            launch.Table.View<WinogradPosition>(memory.Table, 2),
            launch.Table.View<int>(memory.Table, 3),
            memory.Counter,
            memory.FirstCount,
            ((KernelLaunch<WinogradParams>)launch).Parameters);

    private static void Pack(KernelLaunch launch, in LaunchMemory memory, in KernelOperands operands) =>
        WinogradPackKernel<TFormat, TStorage, TSum>.Run(
            operands.Input.Cast<TStorage>(),
            operands.Output.Cast<TSum>(),
            launch.Table.View<int>(memory.Table, 0),
            ((KernelLaunch<WinogradPackParams>)launch).Parameters);
}

/// <summary>The kernels for vectors of one length: of floats and of doubles.</summary>
internal static class SimdWinograd<TSimd, TVector, TDoubleSimd, TDoubleVector>
    where TSimd : struct, ISimd<TVector, float>
    where TVector : struct
    where TDoubleSimd : struct, ISimd<TDoubleVector, double>
    where TDoubleVector : struct
{
    /// <summary>Null for complex numbers, whose parts would have to be vectors apart.</summary>
    public static WinogradKernels? KernelsOf(ElementType element) => element switch
    {
        ElementType.Float32 => new WinogradKernels<Float32Format, float, float, TSimd, TVector>(),
        ElementType.Float64 => new WinogradKernels<Float64Format, double, double, TDoubleSimd, TDoubleVector>(),
        ElementType.Float16 => new WinogradKernels<SixteenBitFormat<HalfBits>, ushort, float, TSimd, TVector>(),
        ElementType.BrainFloat16 => new WinogradKernels<SixteenBitFormat<BrainBits>, ushort, float, TSimd, TVector>(),
        _ => null,
    };
}
