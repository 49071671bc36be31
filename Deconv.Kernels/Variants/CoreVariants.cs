using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using Deconv.Kernels.Gather;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Panel;
using Deconv.Kernels.Panel.Portable;
using Deconv.Kernels.Panel.Simd;
using Deconv.Kernels.Projection.Simd;
using Deconv.Kernels.Simd;
using Deconv.Kernels.Winograd;

namespace Deconv.Kernels.Variants;

/// <summary>
/// The variants that are written for cores, best first, and gather, which refuses nothing. They alone are
/// made for calls on the CPU accelerator: making the others took a good part of a first call.
/// </summary>
internal static class CoreVariants
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
            PortablePanel<RoundedProduct<float>, RoundedProduct<double>>.KernelsOf,
            PortableDevices.RateOn,
            PortableDevices.Refuse),
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
}
