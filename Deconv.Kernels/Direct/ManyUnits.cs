using Deconv.Kernels.Formats;
using ILGPU;

namespace Deconv.Kernels.Direct;

/// <summary>Sixteen units, of which quads behind the last one that is needed cost nothing.</summary>
internal struct ManyUnits<TSum> : IUnitSums<ManyUnits<TSum>, TSum>
    where TSum : unmanaged
{
    private SquareSums<TSum> sums0;
    private SquareSums<TSum> sums1;
    private SquareSums<TSum> sums2;
    private SquareSums<TSum> sums3;

    public static int Units => 16;

    public static int PartPixels => 1;

    public static int MaxPitch => DirectKernel.MaxGroupSize + 32;

    public static ManyUnits<TSum> MultiplyAdd<TFormat, TStorage>(
        ManyUnits<TSum> sum, ArrayView<FourValues<TSum>> weights, FourValues<TSum> pixels, int quads)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
    {
        sum.sums0 = SquareSums<TSum>.MultiplyAdd<TFormat, TStorage>(sum.sums0, weights[0], pixels);
        if (quads > 1)
            sum.sums1 = SquareSums<TSum>.MultiplyAdd<TFormat, TStorage>(sum.sums1, weights[1], pixels);
        if (quads > 2)
            sum.sums2 = SquareSums<TSum>.MultiplyAdd<TFormat, TStorage>(sum.sums2, weights[2], pixels);
        if (quads > 3)
            sum.sums3 = SquareSums<TSum>.MultiplyAdd<TFormat, TStorage>(sum.sums3, weights[3], pixels);
        return sum;
    }

    public static ManyUnits<TSum> Add<TFormat, TStorage>(ManyUnits<TSum> sum, ArrayView<FourValues<TSum>> biases)
        where TFormat : struct, IFormat<TStorage, TSum>
        where TStorage : unmanaged
    {
        sum.sums0 = SquareSums<TSum>.AddToRows<TFormat, TStorage>(sum.sums0, biases[0]);
        sum.sums1 = SquareSums<TSum>.AddToRows<TFormat, TStorage>(sum.sums1, biases[1]);
        sum.sums2 = SquareSums<TSum>.AddToRows<TFormat, TStorage>(sum.sums2, biases[2]);
        sum.sums3 = SquareSums<TSum>.AddToRows<TFormat, TStorage>(sum.sums3, biases[3]);
        return sum;
    }

    public static void Lay(ManyUnits<TSum> sum, int part, ArrayView<TSum> target, int pitch, int quads)
    {
        SquareSums<TSum>.StoreColumn(sum.sums0, part, target, pitch);
        if (quads > 1)
            SquareSums<TSum>.StoreColumn(sum.sums1, part, target.SubView(4 * pitch), pitch);
        if (quads > 2)
            SquareSums<TSum>.StoreColumn(sum.sums2, part, target.SubView(8 * pitch), pitch);
        if (quads > 3)
            SquareSums<TSum>.StoreColumn(sum.sums3, part, target.SubView(12 * pitch), pitch);
    }
}
