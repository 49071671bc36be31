using Deconv.Kernels.Formats;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Simd;

namespace Deconv.Kernels.Panel.Simd;

/// <summary>
/// The kernels with <see cref="SimdMicroKernel{TFormat, TStorage, TSum, TSimd, TVector}"/>, for vectors of
/// one length: of floats and of doubles.
/// </summary>
internal static class SimdPanel<TSimd, TVector, TDoubleSimd, TDoubleVector>
    where TSimd : struct, ISimd<TVector, float>
    where TVector : struct
    where TDoubleSimd : struct, ISimd<TDoubleVector, double>
    where TDoubleVector : struct
{
    /// <summary>Null for complex numbers, whose parts would have to be vectors apart.</summary>
    public static PanelKernels? KernelsOf(ElementType element) => element switch
    {
        ElementType.Float32 => new PanelKernels<
            SimdMicroKernel<Float32Format, float, float, TSimd, TVector>, SimdWeightPacker<Float32Format, float, float>, float, float>(),
        ElementType.Float64 => new PanelKernels<
            SimdMicroKernel<Float64Format, double, double, TDoubleSimd, TDoubleVector>, SimdWeightPacker<Float64Format, double, double>, double, double>(),
        ElementType.Float16 => new PanelKernels<
            SimdMicroKernel<SixteenBitFormat<HalfBits>, ushort, float, TSimd, TVector>, SimdWeightPacker<SixteenBitFormat<HalfBits>, ushort, float>, ushort, float>(),
        ElementType.BrainFloat16 => new PanelKernels<
            SimdMicroKernel<SixteenBitFormat<BrainBits>, ushort, float, TSimd, TVector>, SimdWeightPacker<SixteenBitFormat<BrainBits>, ushort, float>, ushort, float>(),
        _ => null,
    };
}
