using Deconv.Kernels.Formats;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;

namespace Deconv.Kernels.Tiled;

/// <summary>The variants that multiply elements of sixteen bits by tensor cores.</summary>
internal static class SixteenBitVariants
{
    public static KernelVariant[] Of<TMatrices, TBits>(string name, ElementType element)
        where TMatrices : struct, ISixteenBitMatrices
        where TBits : struct, ISixteenBits
    {
        TiledOptions large = new()
        {
            Name = name,
            Summary = $"as simt128 by tensor cores, for {element.Name()}, summed up in float32",
            Rate = 600,
            GroupsPerProcessor = 2,
            Element = element,
            Hardware = HardwareLevel.TensorCores,
            HardwareRefusal = TiledOptions.RefusalOfTensorCores,
        };
        TiledOptions small = large with
        {
            Name = $"{name}-64",
            Summary = $"as {name}, in tiles of 64 x 64",
            Rate = 400,
            GroupsPerProcessor = 6,
        };
        TiledOptions split = small with
        {
            Name = $"{name}-split",
            Summary = $"as {small.Name}, each sum in parts that are added up in the end; for small maps of many channels",
        };
        return
        [
            new TiledVariant<ushort, ushort>(large, Whole<TMatrices, TBits, Sums64, Pixels64>()),
            new TiledVariant<ushort, ushort>(small, Whole<TMatrices, TBits, Sums32, Pixels32>()),
            new TiledVariant<ushort, float>(split, InParts<TMatrices, TBits, Sums32, Pixels32>()),
        ];
    }

    private static TiledCode<ushort, ushort> Whole<TMatrices, TBits, TSums, TPixels>()
        where TMatrices : struct, ISixteenBitMatrices
        where TBits : struct, ISixteenBits
        where TSums : struct, ISixteenBitSums<TSums, TPixels>
        where TPixels : struct => TiledCode.Whole<
            SixteenBitProduct<TMatrices, TSums, TPixels>,
            GatheredShare<SixteenBitProduct<TMatrices, TSums, TPixels>>,
            ushort,
            SixteenBitFormat<TBits>>() with
        {
            RunForRuns = TiledKernel.Run<
                SixteenBitProduct<TMatrices, TSums, TPixels>,
                RunShare<SixteenBitProduct<TMatrices, TSums, TPixels>>,
                ushort,
                ushort,
                SixteenBitFormat<TBits>>,
        };

    private static TiledCode<ushort, float> InParts<TMatrices, TBits, TSums, TPixels>()
        where TMatrices : struct, ISixteenBitMatrices
        where TBits : struct, ISixteenBits
        where TSums : struct, ISixteenBitSums<TSums, TPixels>
        where TPixels : struct => TiledCode.InParts<
            SixteenBitProduct<TMatrices, TSums, TPixels>,
            GatheredShare<SixteenBitProduct<TMatrices, TSums, TPixels>>,
            ushort,
            SixteenBitFormat<TBits>>() with
        {
            RunForRuns = TiledKernel.Run<
                SixteenBitProduct<TMatrices, TSums, TPixels>,
                RunShare<SixteenBitProduct<TMatrices, TSums, TPixels>>,
                ushort,
                float,
                Float32Format>,
        };
}
