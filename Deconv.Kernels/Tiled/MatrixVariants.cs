using Deconv.Kernels.Formats;
using Deconv.Kernels.Launch;
using Deconv.Kernels.Problem;

namespace Deconv.Kernels.Tiled;

/// <summary>The variants that multiply matrices by tensor cores.</summary>
internal static class MatrixVariants
{
    public static KernelVariant[] OfFloats() =>
    [
        new TiledVariant<float, float>(
            OnTensorCores(new()
            {
                Name = "tf32x3",
                Summary = "as simt64x128 by tensor cores, each float as two TF32 numbers; only for calls that name it",
                Rate = 200,
                GroupsPerProcessor = 2,
                IsForNamedCalls = true,
            }),
            Whole<TwoTensorFloatsNumbers, Sums32, Pixels32, FourColumns, FourFloats, float, Float32Format>()),
        new TiledVariant<float, float>(
            OnTensorCores(new()
            {
                Name = "tf32",
                Summary = "as simt128 by tensor cores, each float rounded to TF32, for calls that allow it or name it",
                Rate = 200,
                GroupsPerProcessor = 2,
                UsesTensorFloat32 = true,
            }),
            Whole<TensorFloatNumbers, Sums64, Pixels64, TwoColumns, FourFloats, float, Float32Format>()),
    ];

    public static KernelVariant[] OfSixteenBits<TNumbers, TBits>(string name, ElementType element)
        where TNumbers : struct, IMatrixNumbers
        where TBits : struct, ISixteenBits
    {
        TiledOptions large = OnTensorCores(new()
        {
            Name = name,
            Summary = $"as simt128 by tensor cores, for {element.Name()}, summed up in float32",
            Rate = 600,
            GroupsPerProcessor = 2,
            Element = element,
        });
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
            new TiledVariant<ushort, ushort>(
                large, Whole<TNumbers, Sums64, Pixels64, TwoColumns, EightElements, ushort, SixteenBitFormat<TBits>>()),
            new TiledVariant<ushort, ushort>(
                small, Whole<TNumbers, Sums32, Pixels32, TwoColumns, EightElements, ushort, SixteenBitFormat<TBits>>()),
            new TiledVariant<ushort, float>(
                split, InParts<TNumbers, Sums32, Pixels32, TwoColumns, EightElements, ushort, SixteenBitFormat<TBits>>()),
        ];
    }

    private static TiledOptions OnTensorCores(TiledOptions options) => options with
    {
        Hardware = HardwareLevel.TensorCores,
        HardwareRefusal = TiledOptions.RefusalOfTensorCores,
    };

    private static TiledCode<TElement, TElement> Whole<TNumbers, TSums, TPixels, TColumns, TRun, TElement, TFormat>()
        where TNumbers : struct, IMatrixNumbers
        where TSums : struct, IMatrixSums<TSums, TPixels>
        where TPixels : struct
        where TColumns : struct, IWarpColumns
        where TRun : struct, IElementRun<TRun, TElement>
        where TElement : unmanaged
        where TFormat : struct, IFormat<TElement, float> => TiledCode.Whole<
            MatrixProduct<TNumbers, TSums, TPixels, TColumns>,
            GatheredShare<MatrixProduct<TNumbers, TSums, TPixels, TColumns>, TRun, TElement>,
            TElement,
            TFormat>() with
        {
            RunForRuns = TiledKernel.Run<
                MatrixProduct<TNumbers, TSums, TPixels, TColumns>,
                RunShare<MatrixProduct<TNumbers, TSums, TPixels, TColumns>, TElement>,
                TElement,
                TElement,
                TFormat>,
        };

    private static TiledCode<TElement, float> InParts<TNumbers, TSums, TPixels, TColumns, TRun, TElement, TFormat>()
        where TNumbers : struct, IMatrixNumbers
        where TSums : struct, IMatrixSums<TSums, TPixels>
        where TPixels : struct
        where TColumns : struct, IWarpColumns
        where TRun : struct, IElementRun<TRun, TElement>
        where TElement : unmanaged
        where TFormat : struct, IFormat<TElement, float> => TiledCode.InParts<
            MatrixProduct<TNumbers, TSums, TPixels, TColumns>,
            GatheredShare<MatrixProduct<TNumbers, TSums, TPixels, TColumns>, TRun, TElement>,
            TElement,
            TFormat>() with
        {
            RunForRuns = TiledKernel.Run<
                MatrixProduct<TNumbers, TSums, TPixels, TColumns>,
                RunShare<MatrixProduct<TNumbers, TSums, TPixels, TColumns>, TElement>,
                TElement,
                float,
                Float32Format>,
        };
}
