using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using Deconv.Kernels.Direct;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Gather;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Panel;
using Deconv.Kernels.Panel.Portable;
using Deconv.Kernels.Panel.Simd;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Projection;
using Deconv.Kernels.Projection.Simd;
using Deconv.Kernels.Shared;
using Deconv.Kernels.Simd;
using Deconv.Kernels.Tiled;
using Deconv.Kernels.Winograd;

namespace Deconv.Kernels.Variants;

/// <summary>Every variant there is, best first; the last one refuses nothing.</summary>
internal static class VariantTable
{
    public static ImmutableArray<KernelVariant> All { get; } =
    [
        Winograd<Simd512, Vector512<float>, DoubleSimd512, Vector512<double>>(512),
        Winograd<Simd256, Vector256<float>, DoubleSimd256, Vector256<double>>(256),
        Winograd<Simd128, Vector128<float>, DoubleSimd128, Vector128<double>>(128),
        Projection<Simd512, Vector512<float>, DoubleSimd512, Vector512<double>>(512),
        Projection<Simd256, Vector256<float>, DoubleSimd256, Vector256<double>>(256),
        Projection<Simd128, Vector128<float>, DoubleSimd128, Vector128<double>>(128),
        Simd<Simd512, Vector512<float>, DoubleSimd512, Vector512<double>>(512),
        Simd<Simd256, Vector256<float>, DoubleSimd256, Vector256<double>>(256),
        Simd<Simd128, Vector128<float>, DoubleSimd128, Vector128<double>>(128),
        new PanelVariant(
            "panel",
            "multiplies packed weights with panels of inputs, in scalar code for CPU cores",
            isPortable: true,
            PortablePanel.KernelsOf,
            device => device.Kind == DeviceKind.CpuAccelerator ? 0.2 : 20,
            device => device.Kind == DeviceKind.Gpu ? "its long work items are for CPU cores" : null),
        Floats<SimtProduct<LargeShape>>(new()
        {
            Name = "simt128",
            Summary = "multiplies 128 x 128 tiles of packed weights and inputs by scalar instructions; for NVIDIA GPUs",
            Rate = 140,
            GroupsPerProcessor = 2,
        }),
        Floats<SimtProduct<WideShape>>(new()
        {
            Name = "simt64x128",
            Summary = "as simt128, in tiles of 64 x 128",
            Rate = 125,
            GroupsPerProcessor = 3,
        }),
        Floats<SimtProduct<SmallShape>>(new()
        {
            Name = "simt64",
            Summary = "as simt128, in tiles of 64 x 64",
            Rate = 110,
            GroupsPerProcessor = 6,
        }),
        new TiledVariant<float, float>(
            new()
            {
                Name = "simt64-split",
                Summary = "as simt64, each sum in parts that are added up in the end; for small maps of many channels",
                Rate = 110,
                GroupsPerProcessor = 6,
            },
            TiledCode.InParts<SimtProduct<SmallShape>, FloatShare<SimtProduct<SmallShape>>, float, Float32Format>()),
        Tensor<TwoTensorFloatsPrecision>(
            "tf32x3", "as simt128 by tensor cores, each float as two TF32 numbers; only for calls that name it", isRounded: false),
        Tensor<TensorFloatPrecision>(
            "tf32", "as simt128 by tensor cores, each float rounded to TF32, for calls that allow it or name it", isRounded: true),
        .. SixteenBitVariants.Of<HalfMatrices, HalfBits>("fp16", ElementType.Float16),
        .. SixteenBitVariants.Of<BrainMatrices, BrainBits>("bf16", ElementType.BrainFloat16),
        new ProjectionVariant(),
        new DirectVariant(),
        new SharedVariant(),
        new GatherVariant(),
    ];

    /// <summary>Products a nanosecond: half of what two 128-bit units of a core at 3.5 GHz could do.</summary>
    private const double RateOfSimd128 = 14;

    private static WinogradVariant Winograd<TSimd, TVector, TDoubleSimd, TDoubleVector>(int bits)
        where TSimd : struct, ISimd<TVector, float>
        where TVector : struct
        where TDoubleSimd : struct, ISimd<TDoubleVector, double>
        where TDoubleVector : struct => new(
            bits,
            SimdWinograd<TSimd, TVector, TDoubleSimd, TDoubleVector>.KernelsOf,
            RateOfSimd<TSimd, TVector>,
            RefuseSimd<TSimd, TVector>(bits));

    private static SimdProjectionVariant Projection<TSimd, TVector, TDoubleSimd, TDoubleVector>(int bits)
        where TSimd : struct, ISimd<TVector, float>
        where TVector : struct
        where TDoubleSimd : struct, ISimd<TDoubleVector, double>
        where TDoubleVector : struct => new(
            bits,
            SimdProjection<TSimd, TVector, TDoubleSimd, TDoubleVector>.KernelsOf,
            RateOfSimd<TSimd, TVector>,
            RefuseSimd<TSimd, TVector>(bits));

    private static PanelVariant Simd<TSimd, TVector, TDoubleSimd, TDoubleVector>(int bits)
        where TSimd : struct, ISimd<TVector, float>
        where TVector : struct
        where TDoubleSimd : struct, ISimd<TDoubleVector, double>
        where TDoubleVector : struct => new(
            $"panel-simd{bits}",
            $"multiplies packed weights with panels of inputs, in {bits}-bit vectors of the CPU",
            isPortable: false,
            SimdPanel<TSimd, TVector, TDoubleSimd, TDoubleVector>.KernelsOf,
            RateOfSimd<TSimd, TVector>,
            RefuseSimd<TSimd, TVector>(bits));

    private static double RateOfSimd<TSimd, TVector>(DeviceLimits device)
        where TSimd : struct, ISimd<TVector, float>
        where TVector : struct => RateOfSimd128 * TSimd.Count / Simd128.Count;

    private static Func<DeviceLimits, string?> RefuseSimd<TSimd, TVector>(int bits)
        where TSimd : struct, ISimd<TVector, float>
        where TVector : struct =>
        device => device.Kind != DeviceKind.CpuAccelerator
            ? "its vectors are for the CPU accelerator"
            : TSimd.IsSupported ? null : $"this processor has no {bits}-bit vectors";

    private static TiledVariant<float, float> Floats<TProduct>(TiledOptions options)
        where TProduct : struct, IFloatProduct<TProduct> =>
        new(options, TiledCode.Whole<TProduct, FloatShare<TProduct>, float, Float32Format>());

    private static TiledVariant<float, float> Tensor<TPrecision>(string name, string summary, bool isRounded)
        where TPrecision : struct, ITensorPrecision => Floats<TensorProduct<TPrecision>>(new()
        {
            Name = name,
            Summary = summary,
            Rate = 200,
            GroupsPerProcessor = isRounded ? 2 : 1,
            IsForNamedCalls = !isRounded,
            UsesTensorFloat32 = isRounded,
            Hardware = HardwareLevel.TensorCores,
            HardwareRefusal = TiledOptions.RefusalOfTensorCores,
        });
}
