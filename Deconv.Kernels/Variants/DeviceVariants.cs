using System.Collections.Immutable;
using Deconv.Kernels.Direct;
using Deconv.Kernels.Formats;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Panel;
using Deconv.Kernels.Panel.Portable;
using Deconv.Kernels.Problem;
using Deconv.Kernels.Projection;
using Deconv.Kernels.Shared;
using Deconv.Kernels.Tiled;

namespace Deconv.Kernels.Variants;

/// <summary>
/// The variants that are for devices, best first. The CPU accelerator runs them as they are, to see that they are
/// right: whatever the call, gather or panel is estimated to take no more time there.
/// </summary>
internal static class DeviceVariants
{
    public static ImmutableArray<KernelVariant> All { get; } =
    [
        new PanelVariant(
            "panel-fused",
            "as panel, in fused multiply-adds; for OpenCL",
            isPortable: true,
            PortablePanel<FusedProduct, FusedProduct>.KernelsOf,
            PortableDevices.FusedRateOn,
            PortableDevices.RefuseFused),
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
        .. MatrixVariants.OfFloats(),
        .. MatrixVariants.OfSixteenBits<HalfNumbers, HalfBits>("fp16", ElementType.Float16),
        .. MatrixVariants.OfSixteenBits<BrainNumbers, BrainBits>("bf16", ElementType.BrainFloat16),
        new ProjectionVariant(),
        new DirectVariant(),
        new SharedVariant(),
    ];

    private static TiledVariant<float, float> Floats<TProduct>(TiledOptions options)
        where TProduct : struct, ITiledProduct<TProduct> =>
        new(options, TiledCode.Whole<TProduct, FloatShare<TProduct>, float, Float32Format>());
}
