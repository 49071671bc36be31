using Deconv.Kernels.Formats;
using Deconv.Kernels.Problem;

namespace Deconv.Kernels.Panel.Portable;

/// <summary>The kernels with <see cref="PortableMicroKernel{TFormat, TProduct, TStorage, TSum}"/>.</summary>
internal static class PortablePanel<TFloatProduct, TDoubleProduct>
    where TFloatProduct : struct, IProduct<float>
    where TDoubleProduct : struct, IProduct<double>
{
    /// <summary>Null for complex numbers, of which a register tile would not stay in registers.</summary>
    public static PanelKernels? KernelsOf(ElementType element) => element switch
    {
        ElementType.Float32 => new PanelKernels<
            PortableMicroKernel<Float32Format, TFloatProduct, float, float>,
            PortableWeightPacker<Float32Format, float, float>,
            float,
            float>(),
        ElementType.Float64 => new PanelKernels<
            PortableMicroKernel<Float64Format, TDoubleProduct, double, double>,
            PortableWeightPacker<Float64Format, double, double>,
            double,
            double>(),
        ElementType.Float16 => new PanelKernels<
            PortableMicroKernel<SixteenBitFormat<HalfBits>, TFloatProduct, ushort, float>,
            PortableWeightPacker<SixteenBitFormat<HalfBits>, ushort, float>,
            ushort,
            float>(),
        ElementType.BrainFloat16 => new PanelKernels<
            PortableMicroKernel<SixteenBitFormat<BrainBits>, TFloatProduct, ushort, float>,
            PortableWeightPacker<SixteenBitFormat<BrainBits>, ushort, float>,
            ushort,
            float>(),
        _ => null,
    };
}
